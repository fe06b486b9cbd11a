import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'abort-on-overflow',
    title: 'tcp_abort_on_overflow: an ACK that finds the accept queue full is reset',
    section: 'The queue',
    next: 'syn-cookies',
    notWalkable: 'it measures when a SYN is sent again',
    explanation: `As in backlog-overflow an ACK finds the accept queue full, but the server has
      tcp_abort_on_overflow switched on: it answers that ACK with a reset and forgets the
      handshake. The client, ESTABLISHED already, learns at once what it would otherwise learn
      late: its first call gives ECONNRESET. This is about the ACK only. A SYN that finds the
      queue full is still dropped without an answer. The kernel's documentation warns of this
      sysctl: without it, a client that came at a busy moment gets in a little later; with it, the
      client has to start again.`,
    notice: `The client learnt at once what backlog-overflow tells it seven seconds later. The
      price: with a little patience it would have got in.`,
    sources: [
      'seed 004, "listen方法中的传参" and "Server不调用accept", note 2',
      'Documentation/networking/ip-sysctl.rst tcp_abort_on_overflow; RFC 9293 3.5.2',
      'net/ipv4/tcp_minisocks.c tcp_check_req, net/ipv4/tcp_input.c tcp_conn_request',
    ],
    sysctls: { server: { 'net.ipv4.tcp_abort_on_overflow': '1' } },
    shows: ['SYN-RECEIVED -> LISTEN (snd RST)', 'ESTABLISHED -> CLOSED (rcv RST)'],
  },
  async ({ server, client, wire, overflow, step, expect }) => {
    const { cli, half } = await overflow();
    await step('the ACK is answered by a reset', async () => {
      await wire.carry(client);
      await expect(client.end(half)).toBeGone();
      await cli.does('recv 3 = ECONNRESET');
      await expect(server.end(half)).toBeGone();
      await expect(server.listener()).toBeListening({ queued: 3, backlog: 2 });
    });
    await expect(wire).toHaveCarriedOnly(
      half,
      `client > server  S   seq=x
       server > client  S.  seq=y    ack=x+1
       client > server  .   seq=x+1  ack=y+1
       server > client  R   seq=y+1            x1+`,
    );
    await step('a SYN still gets no answer', async () => {
      await cli.connecting('server:6000');
      const silent = await expect(client.sockets()).toShowNew('SYN-SENT');
      const again = `
        client > server  S  seq=x
        +1s  client > server  S  seq=x
      `;
      await expect(wire).toHaveCarried(silent, again, { repeats: true });
      await expect(wire).toHaveCarriedNo(silent, 'server > client  *');
    });
  },
);
