import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'late-ack',
    title: 'accept makes room, and a half-made connection is completed by its data',
    section: 'The queue',
    next: 'abort-on-overflow',
    explanation: `As in backlog-overflow, an ACK has found the accept queue full: the client is
      ESTABLISHED, the server in SYN-RECEIVED. The client sends, and send() succeeds; the server
      has nowhere to put the data and drops it without an ACK, so that the client's kernel sends it
      again and again. Then the program calls accept(): it gets the connection that came first, and
      a place is free. The next segment of the client, whatever it is, carries the ACK that the
      handshake lacks: the connection is ESTABLISHED at both ends, and the data waits with it for
      the program to accept it.`,
    notice: `The handshake's ACK had been thrown away, and a data segment completed it: every
      segment carries an ACK.`,
    sources: [
      'seed 004, "Server不调用accept", note 2, and "数据的发送"',
      'RFC 9293 3.8.1, 3.10.7.4',
      'net/ipv4/tcp_minisocks.c tcp_check_req, net/ipv4/tcp_ipv4.c tcp_v4_syn_recv_sock',
    ],
    shows: ['LISTEN -> SYN-RECEIVED', 'SYN-RECEIVED -> ESTABLISHED'],
  },
  async ({ server, client, wire, overflow, step, expect }) => {
    const { ser, cli, half } = await overflow();
    await step('its ACK is ignored; the client sends', async () => {
      await wire.carry(client);
      await expect(server.listener()).toBeListening({ queued: 3, backlog: 2 });
      await cli.does('send 3 "hello" = 5');
      await expect(client.end(half)).toBeIn('ESTABLISHED', { sendQ: 5 });
      const again = `
        client > server P. seq=d len=5
        ...
        client > server P. seq=d len=5
      `;
      await expect(wire).toHaveCarried(half, again, { repeats: true });
      await expect(server.end(half)).toBeIn('SYN-RECEIVED', { orphaned: true });
    });
    await step('accept makes room', async () => {
      await ser.does('accept 3 = 7 server:N');
      await expect(server.end(half)).toBeIn('ESTABLISHED', { recvQ: 5, orphaned: true });
      await expect(client.end(half)).toBeIn('ESTABLISHED', { sendQ: 0 });
      await ser.does(`
        accept 3 = 8 server:N
        accept 3 = 9 server:N
      `);
      await ser.does(`
        accept 3 = 10 client:N
        recv 10  = 5 "hello"
      `);
    });
    await expect(wire).toHaveCarriedOnly(
      half,
      `client > server  S   seq=x
       server > client  S.  seq=y    ack=x+1
       client > server  .   seq=x+1  ack=y+1
       client > server  P.  seq=x+1  ack=y+1  len=5
       server > client  .   seq=y+1  ack=x+6`,
    );
  },
);
