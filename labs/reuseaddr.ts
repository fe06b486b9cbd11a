import { lab, told } from '../harness/index.ts';

export default lab(
  {
    name: 'reuseaddr',
    title: 'SO_REUSEADDR: the old socket must have had it too',
    section: 'Taking a port again',
    next: 'reuseport',
    explanation: `A server is stopped first, so that its connection waits in TIME-WAIT, and
      started again at once. That works if, and only if, both the old server and the new one set
      SO_REUSEADDR before bind: the accepted connection inherited the option from its listener,
      and the kernel asks both sockets. Nothing waits then: the new server takes connections at
      once, beside the old one's TIME-WAIT. It is no licence to share the port: while one socket
      listens, with the option or without, no other can.`,
    notice: `The restart worked because the old server had set SO_REUSEADDR too: a server must set
      it on every start, the first included. Two listeners still refuse each other.`,
    sources: [
      'seed 000, "程序中查看TCP的状态"; seed 001, "4.4. 2MSL等待状态"; seed 004, "多说几句TIME_WAIT"',
      'RFC 9293 3.4.3, 3.6.1; socket(7) SO_REUSEADDR',
      'net/ipv4/inet_connection_sock.c inet_bind_conflict, inet_csk_listen_start',
    ],
    shows: ['FIN-WAIT-2 -> TIME-WAIT'],
  },
  async ({ server, client, wire, step, expect }) => {
    const cli = await client.shell();
    for (const { port, old, next } of [
      { port: 6001, old: true, next: false },
      { port: 6002, old: false, next: true },
      { port: 6000, old: true, next: true },
    ]) {
      const sets = (it: boolean) => told(it ? 'sets it' : 'does not');
      const title = { what: sets(old), how: sets(next) };
      await step(told('the old server {what}, the new one {how}', title), async () => {
        const ser = await server.run('echo-server', { port, reuseAddr: old });
        await cli.does(`
          socket                   = 3
          connect 3 server:${port} = 0
        `);
        const conn = await expect(wire).connection();
        await expect(ser).toPrint('accept c = 4');
        await ser.kill();
        await expect(server.end(conn)).toBeIn('FIN-WAIT-2');
        await cli.does('close 3 = 0');
        await expect(server.end(conn)).toBeIn('TIME-WAIT');
        await expect(client.end(conn)).toBeGone();
        const closed = `
          server > client F.
          client > server .
          client > server F.
        `;
        await expect(wire).toHaveCarried(
          conn,
          `${closed}
           server > client .`,
        );
        const again = server.run('echo-server', { port, reuseAddr: next });
        if (old && next) await again;
        else await expect(again).toFailWith('EADDRINUSE', { call: 'bind' });
        await expect(server.end(conn)).toBeIn('TIME-WAIT');
      });
    }
    await step('the new server serves while the old connection waits', async () => {
      await cli.does(`
        socket                = 3
        connect 3 server:6000 = 0
        send 3 "hello"
        recv 3                = 2 "ok"
      `);
      await expect(server.sockets(6000)).toBe({ LISTEN: 1, ESTABLISHED: 1, 'TIME-WAIT': 1 });
    });
    await step('two listeners refuse each other all the same', async () => {
      await expect(server.run('echo-server', { reuseAddr: true })).toFailWith('EADDRINUSE', {
        call: 'bind',
      });
      const shell = await server.shell();
      for (const fd of [3, 4])
        await shell.does(`
          socket
          setsockopt ${fd} SO_REUSEADDR 1
          bind ${fd} server:6003 = 0
        `);
      await shell.does(`
        listen 3 5 = 0
        listen 4 5 = EADDRINUSE
      `);
      await expect(server.sockets(6003)).toBe({ LISTEN: 1 });
    });
  },
);
