import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'fin-wait-2-timeout',
    title: 'An orphaned FIN-WAIT-2 does not last',
    section: 'Closing',
    next: 'time-wait',
    notWalkable: 'it measures FIN-WAIT-2, which lasts the longer the slower the wire is',
    explanation: `The server's process is stopped, and the client does nothing. The server's FIN
      is acknowledged, so its connection waits in FIN-WAIT-2 for the client's. RFC 9293 lets it
      wait for ever; but no process could receive anything there, so Linux gives it up after
      tcp_fin_timeout (60 s by default, here 5 s), without a segment. The client knows nothing of
      it and stays in CLOSE-WAIT. When it closes at last, its FIN finds no connection and is
      answered by a reset: LAST-ACK ends at once, and nobody has the TIME-WAIT that the first to
      close should have.`,
    notice: `The server's end went from FIN-WAIT-2 to CLOSED without a segment and without
      TIME-WAIT. This is what tcp_fin_timeout is for; it does nothing to TIME-WAIT.`,
    sources: [
      'seed 000, "程序中查看TCP的状态"; seed 001, "4.5.FIN_WAIT_2状态"',
      'RFC 9293 3.6, 3.10.7.1; tcp(7) tcp_fin_timeout',
      'net/ipv4/tcp_input.c tcp_rcv_state_process, include/net/tcp.h tcp_fin_time',
      'net/ipv4/tcp_ipv4.c tcp_v4_send_reset',
    ],
    shows: ['ESTABLISHED -> CLOSE-WAIT', 'FIN-WAIT-2 -> CLOSED (timeout)'],
    sysctls: { server: { 'net.ipv4.tcp_fin_timeout': '5' } },
    waits: { always: '5s' },
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.run('echo-server');
    const cli = await client.run('echo-client');
    const conn = await expect(wire).connection();
    await expect(ser).toPrint('accept c = 4');

    await step('the server is stopped, the client does nothing', async () => {
      const timer = { name: 'timewait', least: '0s', most: '5s' } as const;
      const [finWait2] = await Promise.all([
        expect(server.end(conn)).toBeIn('FIN-WAIT-2', { timer, orphaned: true }),
        ser.kill(),
      ]);
      const lasting = { since: finWait2, about: '5s' };
      await Promise.all([
        expect(client.end(conn)).toBeIn('CLOSE-WAIT', { recvQ: 1, orphaned: false }),
        expect(server.end(conn)).toBeGone({ within: '10s', lasting }),
      ]);
      await expect(client.end(conn)).toBeIn('CLOSE-WAIT', { recvQ: 1, orphaned: false });
    });
    await step('the client closes too late', async () => {
      await cli.type('end');
      await expect(client.end(conn)).toBeGone();
      await expect(client.sockets()).toBe({});
      await expect(server.sockets()).toBe({});
    });
    await expect(wire).toHaveCarriedOnly(
      conn,
      `client > server  S
       server > client  S.
       client > server  .
       server > client  F.  seq=s
       client > server  .   ack=s+1
       client > server  F.  seq=c  ack=s+1
       server > client  R   seq=s+1`,
    );
    await step('nothing is left in the way of the next server', async () => {
      await server.run('echo-server'); // it listens
    });
  },
);
