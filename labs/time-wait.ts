import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'time-wait',
    title: 'Whoever closes first waits in TIME-WAIT',
    section: 'TIME-WAIT',
    next: 'time-wait-expiry',
    explanation: `The server is stopped with SIGINT while the client is connected: its kernel
      sends a FIN, so it is the server that closes first. The client closes later. A FIN takes
      one sequence number, as a SYN does; it goes as FIN+ACK, since every segment after the
      first SYN carries an ACK. Each segment of the close is held on the wire until ss has
      shown the states that it will end. The side that closed first stays in TIME-WAIT for a
      minute, so that a lost last ACK can be sent again and late segments die out. No process
      has that socket any more, but the kernel keeps it, and the server's port with it. Linux
      lets a new socket have the port only if it and the old one both have SO_REUSEADDR. The
      old one, the accepted connection, took the option over from the first server's listening
      socket, and that had not set it; in reuseaddr it has.`,
    notice: `bind() fails although no process has port 6000 any more: the kernel alone keeps the
      old connection, in TIME-WAIT. The third start sets SO_REUSEADDR and fails all the same,
      because the first server had not set it; both must.`,
    sources: [
      'seed 000, "TIME_WAIT 状态" and "程序中查看TCP的状态"; RFC 9293 3.6 (figure 12), 3.6.1',
      'net/ipv4/tcp_minisocks.c tcp_time_wait, net/ipv4/inet_connection_sock.c inet_csk_get_port',
    ],
    shows: [
      'ESTABLISHED -> FIN-WAIT-1 -> FIN-WAIT-2 -> TIME-WAIT',
      'ESTABLISHED -> CLOSE-WAIT -> LAST-ACK -> CLOSED',
    ],
    rtoMin: '10s',
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.run('echo-server');
    const cli = await client.run('echo-client');
    const conn = await expect(wire).connection();
    await expect(ser).toPrint('accept c = 4');
    await step('the server closes first', async () => {
      await wire.hold();
      await ser.kill();
      await expect(conn).toBeIn({ server: 'FIN-WAIT-1', client: 'ESTABLISHED' });
      await wire.release(server);
      await expect(client.end(conn)).toBeIn('CLOSE-WAIT', { recvQ: 1 });
      await wire.release(client);
      await expect(server.end(conn)).toBeIn('FIN-WAIT-2');
    });
    await step('the client closes', async () => {
      await cli.type('end');
      await expect(conn).toBeIn({ server: 'FIN-WAIT-2', client: 'LAST-ACK' });
      await wire.release(client);
    });
    const timer = { name: 'timewait', least: '50s', most: '60s' } as const;
    await expect(server.end(conn)).toBeIn('TIME-WAIT', { timer, orphaned: true });
    await wire.carry();
    await expect(client.end(conn)).toBeGone();
    await expect(wire).toHaveCarried(
      conn,
      `server > client  F.  seq=s
       client > server  .   ack=s+1
       client > server  F.  seq=c  ack=s+1
       server > client  .   ack=c+1`,
    );
    await step("the second start: the server's port is taken", async () => {
      await expect(server.run('echo-server')).toFailWith('EADDRINUSE', { call: 'bind' });
    });
    await step(
      'the third start: SO_REUSEADDR does not help, the first server had not set it',
      async () => {
        await expect(server.run('echo-server', { reuseAddr: true })).toFailWith('EADDRINUSE', {
          call: 'bind',
        });
        await expect(server.end(conn)).toBeIn('TIME-WAIT');
      },
    );
  },
);
