import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'send-buffer',
    title: 'send() has succeeded, and nothing has arrived',
    section: 'Resets and data',
    next: 'zero-window',
    notWalkable: 'it measures when data are sent again',
    explanation: `send() succeeds when the octets lie in this host's send buffer. The server's host is
      cut off here, and send() returns at once all the same. The kernel keeps what is not
      acknowledged (Send-Q) and sends it again and again, each time after twice as long. When the
      buffer is full send() waits; only a non-blocking one fails, with EAGAIN. Long after, the kernel
      gives up: after a quarter of an hour by default (tcp_retries2, 15), here after some seconds
      (3). It sends no reset. The next call fails with ETIMEDOUT, which does not say how much of what
      send() took has arrived. The server has heard nothing and stays ESTABLISHED.`,
    notice: `send() succeeded on a dead connection again and again, and the error came with a later
      call that had nothing to do with it. What has arrived, only the application's own protocol can
      tell.`,
    sources: [
      'seed 004, "数据的发送"; RFC 9293 3.8.1, 3.8.3, RFC 6298 5; send(2), tcp(7) tcp_retries2',
      'net/ipv4/tcp.c tcp_sendmsg_locked, net/ipv4/tcp_timer.c tcp_write_timeout',
    ],
    sysctls: { client: { 'net.ipv4.tcp_retries2': '3' } },
    shows: ['ESTABLISHED -> CLOSED (timeout)'],
    waits: { always: '7s' },
  },
  async ({ server, client, wire, connected, step, expect }) => {
    const { cli, conn } = await connected();
    await step('the server is cut off, and send succeeds', async () => {
      await wire.drop({ to: server, flags: '*' });
      await cli.does('send 3 "hello" = 5');
      await expect(client.end(conn)).toBeIn('ESTABLISHED', { sendQ: 5 });
    });
    await step('so it does until the buffer is full', async () => {
      const [, sent] = await cli.doesAtOnce(`
        nonblock 3
        send 3 len=1048576 = N  # as much as there was room for
        send 3 "x"         = EAGAIN
      `);
      await expect(client.end(conn)).toBeIn('ESTABLISHED', { sendQ: 5 + Number(sent) });
    });
    await step('the kernel tries again and again, then gives up', async () => {
      await expect(client.end(conn)).toBeGone({ within: '20s' });
      await cli.does(`
        send 3 "x" = ETIMEDOUT
        send 3 "x" = EPIPE
        recv 3     = 0
      `);
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { recvQ: 0 });
      await expect(wire).toHaveCarried(
        conn,
        `       client > server  P.    seq=x  len=5
                ...
                client > server  .|P.  seq=x
         +0.4s  client > server  .|P.  seq=x
         +0.8s  client > server  .|P.  seq=x`,
        { repeats: true },
      );
      await expect(wire).toHaveCarriedNo(conn, 'client > server  R|R.|F.');
    });
  },
);
