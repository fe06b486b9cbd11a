import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'backlog-overflow',
    title: 'A handshake that finds the accept queue full: connected at one end only',
    section: 'The queue',
    next: 'late-ack',
    notWalkable: 'it measures when a SYN+ACK is sent again',
    explanation: `A SYN comes while the accept queue has room for one more, and is answered.
      Before the client's ACK comes, a client on the server's own host takes the last place. The
      ACK is ignored, as though it had been lost: the client is ESTABLISHED; the server is in
      SYN-RECEIVED, sends its SYN+ACK again after 1 and 2 s, and gives up after tcp_synack_retries
      (2 here: 7 s; by default 5: a minute). It does not tell the client, which stays ESTABLISHED:
      its send() succeeds, and only the reset that answers its data tells. What accept() would
      have changed is shown in late-ack; a reset instead of no answer, in abort-on-overflow.`,
    notice: `For seven seconds the client was ESTABLISHED and the server was not; then the server
      gave up without telling it. The client's send() still succeeded, and only the reset that
      answered its data told.`,
    sources: [
      'seed 004, "Server不调用accept", note 2',
      'RFC 9293 3.5, 3.8.1, 3.10.7.1',
      'net/ipv4/tcp_minisocks.c tcp_check_req, net/ipv4/inet_connection_sock.c reqsk_timer_handler',
    ],
    sysctls: { server: { 'net.ipv4.tcp_synack_retries': '2' } },
    shows: ['SYN-RECEIVED -> LISTEN (timeout)', 'ESTABLISHED -> CLOSED (rcv RST)'],
    waits: { always: '7s' },
  },
  async ({ server, client, wire, overflow, step, expect }) => {
    const { cli, half } = await overflow();
    await step('the server gives up, and says so only when it is asked', async () => {
      await wire.carry(client);
      await expect(server.end(half)).toBeIn('SYN-RECEIVED', { orphaned: true });
      await expect(server.listener()).toBeListening({ queued: 3, backlog: 2 });
      await expect(server.end(half)).toBeGone({ within: '15s' });
      await expect(client.end(half)).toBeIn('ESTABLISHED', { orphaned: false });
      await cli.does('send 3 "hello" = 5');
      await expect(client.end(half)).toBeGone();
      await cli.does('recv 3 = ECONNRESET');
    });
    await expect(wire).toHaveCarried(
      half,
      `     client > server  S   seq=x
            ...
       +3s  server > client  S.  seq=y    ack=x+1
            client > server  .   seq=x+1  ack=y+1
            client > server  P.  seq=x+1  ack=y+1  len=5
            server > client  R   seq=y+1`,
      { repeats: true },
    );
  },
);
