import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'established',
    title: 'ESTABLISHED: neither data nor idle time changes it',
    section: 'Opening',
    next: 'wrong-port',
    explanation: `send() returns when its octets are in the socket's own buffer: here they are
      held, nothing has left the client, and the call is long over (they are its Send-Q). When
      they reach the server its kernel puts them into the receive buffer (Recv-Q) and acknowledges
      them, although the server's program has not called recv() yet; there is no call that sends
      an ACK. So the ACK says that the peer's kernel has them, not that its program has read them.
      Data change no state, and neither does silence: without SO_KEEPALIVE nothing is sent, and
      both ends stay as they are. On a socket write() and read() do what send() and recv() do.`,
    notice: `send() succeeded while its octets were still in the client's own Send-Q, and they were
      acknowledged before the server's program had read any. Neither success nor ACK says that the
      peer's program has the data.`,
    sources: [
      'seed 000, "程序中查看TCP的状态"; seed 001, 4; seed 004, "数据的发送"; RFC 9293 3.3.2, 3.9.1.2',
      'net/ipv4/tcp.c tcp_sendmsg_locked, net/ipv4/tcp_input.c tcp_rcv_established',
    ],
    rtoMin: '10s',
    waits: { always: '2s' },
  },
  async ({ server, client, wire, step, connected, expect }) => {
    const { ser, cli, conn } = await connected();
    await step('send returns before anything is sent', async () => {
      await wire.hold(client);
      await cli.does('send 3 "hello" = 5');
      await expect(client.end(conn)).toBeIn('ESTABLISHED', { sendQ: 5 });
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { recvQ: 0 });
      await expect(wire).toHaveCarriedNo(conn, 'client > server  *  len>0');
    });
    await step('the kernel acknowledges, the program has not read', async () => {
      await wire.carry(client);
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { recvQ: 5 });
      await expect(client.end(conn)).toBeIn('ESTABLISHED', { sendQ: 0 });
    });
    await step('the program reads, and the server sends as well', async () => {
      await ser.does('recv 4 = 5 "hello"');
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { recvQ: 0 });
      await ser.does('write 4 "ok" = 2');
      await cli.does('read 3 = 2 "ok"');
    });
    await step('nobody says anything', async () => {
      await Promise.all([
        expect(server.end(conn)).toStayIn('ESTABLISHED', { during: '2s', orphaned: false }),
        expect(client.end(conn)).toStayIn('ESTABLISHED', { during: '2s', orphaned: false }),
      ]);
    });
    await expect(wire).toHaveCarriedOnly(
      conn,
      `client > server  S   seq=x
       server > client  S.  seq=y    ack=x+1
       client > server  .   seq=x+1  ack=y+1
       client > server  P.  seq=x+1  ack=y+1  len=5
       server > client  .   seq=y+1  ack=x+6
       server > client  P.  seq=y+1  ack=x+6  len=2
       client > server  .   seq=x+6  ack=y+3`,
      { repeats: true },
    );
  },
);
