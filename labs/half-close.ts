import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'half-close',
    title: 'One direction closed, the other still open',
    section: 'Closing',
    next: 'close-wait-leak',
    explanation: `The client calls shutdown(SHUT_WR): it has nothing more to send, which its FIN says,
      but it keeps the socket and goes on reading. In FIN-WAIT-2 it receives, in CLOSE-WAIT the server
      sends; only the client's own send fails, with EPIPE, and the server's recv returns 0. That may
      last for ever: tcp_fin_timeout, here 1 s, is for connections that no process has any more, and
      this one is not orphaned. The server's close ends the other direction, and the client, which
      closed its own first, is in TIME-WAIT although its program still has the descriptor.`,
    notice: `After the client's FIN the server went on sending, and the client received it. A FIN
      says that its sender has nothing more to say, not that it has stopped listening.`,
    sources: [
      'seed 001, "2.结束连接" and "4.5.FIN_WAIT_2状态"; seed 003, "2.TCP断开连接,四次挥手"',
      'RFC 9293 3.6.1; shutdown(2)',
      'net/ipv4/tcp.c tcp_shutdown, net/ipv4/tcp_input.c tcp_rcv_state_process',
    ],
    shows: ['ESTABLISHED -> CLOSE-WAIT', 'FIN-WAIT-2 -> TIME-WAIT'],
    sysctls: { client: { 'net.ipv4.tcp_fin_timeout': '1' } },
    waits: { always: '2s' },
  },
  async ({ server, client, wire, connected, step, expect }) => {
    const { ser, cli, conn } = await connected();
    await step('the client has nothing more to send', async () => {
      await cli.does(`
        shutdown 3 WR
        send 3 "more" = EPIPE
      `);
      await ser.does('recv 4 = 0');
      await expect(conn).toBeIn({ server: 'CLOSE-WAIT', client: 'FIN-WAIT-2' });
    });
    await step('the server sends, the client receives', async () => {
      await ser.does('send 4 "hello" = 5');
      await cli.does('recv 3 = 5 "hello"');
    });
    await step('no timer ends it', async () => {
      await Promise.all([
        expect(server.end(conn)).toStayIn('CLOSE-WAIT', {
          during: '2s',
          sendQ: 0,
          orphaned: false,
        }),
        expect(client.end(conn)).toStayIn('FIN-WAIT-2', { during: '2s', orphaned: false }),
      ]);
    });
    await step('the server closes', async () => {
      await ser.does('close 4');
      await cli.does('recv 3 = 0');
      await expect(conn).toBeIn({ server: 'CLOSED', client: 'TIME-WAIT' });
    });
    await expect(wire).toHaveCarriedOnly(
      conn,
      `client > server  S
       server > client  S.
       client > server  .
       client > server  F.  seq=c
       server > client  .   ack=c+1
       server > client  P.  seq=s    ack=c+1  len=5
       client > server  .   ack=s+5
       server > client  F.  seq=s+5  ack=c+1
       client > server  .   ack=s+6`,
    );
  },
);
