import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'backlog-overflow',
    title: 'A handshake that finds the accept queue full: connected at one end only',
    explanation: `Two SYNs come while the accept queue has room for one more, and both are answered.
      Then the ACKs come: the first takes the last place, the second is ignored, as though it had
      been lost. Its client is ESTABLISHED; the server is in SYN-RECEIVED, sends its SYN+ACK again
      after 1 and 2 s, and gives up after tcp_synack_retries (2 here: 7 s; by default 5: a minute).
      It does not say so: the client stays ESTABLISHED, its send() succeeds, and only the answer to
      what it has sent, a reset, tells. (accept() in time: late-ack; a reset: abort-on-overflow.)`,
    sources: [
      'seed 004, "Server不调用accept", note 2',
      'RFC 9293 3.5, 3.8.1, 3.10.7.1',
      'net/ipv4/tcp_minisocks.c tcp_check_req, net/ipv4/inet_connection_sock.c reqsk_timer_handler',
    ],
    sysctls: { server: { 'net.ipv4.tcp_synack_retries': '2' } },
    shows: ['SYN-RECEIVED -> LISTEN (timeout)', 'ESTABLISHED -> CLOSED (rcv RST)'],
    waits: { always: '7s' },
  },
  async ({ server, client, wire, step, expect }) => {
    await server.run('never-accept-server', { port: 6000, backlog: 2 });
    const cli = await client.shell();
    const half = wire.between(6000, 7001);
    for (const queued of [1, 2]) {
      await cli.connecting('server:6000');
      await expect(server.listener()).toBeListening({ queued, backlog: 2 });
    }
    await step('two SYNs come while there is room for one more', async () => {
      await wire.hold(server);
      await cli.connecting('server:6000');
      await cli.connecting('server:6000', 'client:7001');
      await expect(client.sockets()).toBe({ ESTABLISHED: 2, 'SYN-SENT': 2 });
      await expect(server.sockets()).toBe({ LISTEN: 1, ESTABLISHED: 2, 'SYN-RECEIVED': 2 });
    });
    await step('the first ACK takes the place, the second is ignored', async () => {
      await wire.carry(server);
      await expect(client.sockets()).toBe({ ESTABLISHED: 4 });
      await expect(server.sockets()).toBe({ LISTEN: 1, ESTABLISHED: 3, 'SYN-RECEIVED': 1 });
    });
    await step('the server gives up, and says so only when it is asked', async () => {
      await expect(server.end(half)).toBeGone({ within: '15s' });
      await expect(client.end(half)).toBeIn('ESTABLISHED', { owned: true });
      await cli.does('send 6 hello = 5');
      await expect(client.end(half)).toBeGone();
      await cli.does('recv 6 = ECONNRESET');
    });
    await expect(wire).toHaveCarried(
      half,
      `     server > client  S.  seq=y  ack=x
            client > server  .   seq=x  ack=y+1
       +2s  server > client  S.  seq=y  ack=x
            client > server  .   seq=x  ack=y+1
            client > server  P.  seq=x  ack=y+1  len=5
            server > client  R   seq=y+1`,
      { repeats: true },
    );
  },
);
