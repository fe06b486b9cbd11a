import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'reuseaddr',
    title: 'SO_REUSEADDR: the old socket must have had it too',
    explanation: `A server is ended first, so that its connection waits in TIME-WAIT, and started
      again at once. That works if, and only if, both the old server and the new one set
      SO_REUSEADDR before bind: the accepted connection inherited the option from its listener, and
      the kernel asks both sockets. It is no licence to share the port: while one socket listens,
      with the option or without, no other can.`,
    sources: [
      'seed 000, "程序中查看TCP的状态"; seed 004, "多说几句TIME_WAIT"',
      'RFC 9293 3.6.1; socket(7) SO_REUSEADDR',
      'net/ipv4/inet_connection_sock.c inet_bind_conflict, inet_csk_listen_start',
    ],
  },
  async ({ server, client, wire, step, expect }) => {
    const cases = [
      { port: 6000, old: true, next: true },
      { port: 6001, old: true, next: false },
      { port: 6002, old: false, next: true },
    ];
    for (const { port, old, next } of cases) {
      const sets = (it: boolean): string => (it ? 'sets it' : 'does not');
      await step(`the old server ${sets(old)}, the new one ${sets(next)}`, async () => {
        const ser = await server.run('echo-server', { port, reuseAddr: old });
        const cli = await client.run('echo-client', { port });
        const conn = await expect(wire).connection();
        await expect(ser).toPrint('accept c = 4');
        await ser.kill();
        await expect(client.end(conn)).toBeIn('CLOSE-WAIT');
        await cli.type('end');
        await expect(client.end(conn)).toBeGone();
        await expect(server.end(conn)).toBeIn('TIME-WAIT');
        await expect(wire).toHaveCarried(
          conn,
          `server > client  F.  seq=s
           client > server  .   ack=s+1
           client > server  F.  seq=c  ack=s+1
           server > client  .   ack=c+1`,
        );
        const again = server.run('echo-server', { port, reuseAddr: next });
        if (old && next) await again;
        else await expect(again).toFailWith('EADDRINUSE');
        await expect(server.end(conn)).toBeIn('TIME-WAIT');
      });
    }

    await step('the new server serves while the old connection waits', async () => {
      await client.run('echo-client', { port: 6000 });
      const conn = await expect(wire).connection();
      await expect(server.sockets(6000)).toBe({ LISTEN: 1, ESTABLISHED: 1, 'TIME-WAIT': 1 });
      await expect(wire).toHaveCarriedOnly(
        conn,
        `client > server  S   seq=x
         server > client  S.  seq=y  ack=x+1
         client > server  .   ack=y+1`,
      );
    });

    await step('two listeners refuse each other all the same', async () => {
      await expect(server.run('echo-server', { reuseAddr: true })).toFailWith('EADDRINUSE');
      const shell = await server.shell();
      const call = (line: string) => expect(shell.call(line));
      for (const fd of [3, 4]) {
        await call('socket').toReturn(String(fd));
        await call(`setsockopt ${fd} SO_REUSEADDR 1`).toReturn();
        await call(`bind ${fd} ${server.address}:6003`).toReturn(); // both may bind
      }
      await call('listen 3 5').toReturn();
      await call('listen 4 5').toFailWith('EADDRINUSE');
      await expect(server.sockets(6003)).toBe({ LISTEN: 1 });
    });
  },
);
