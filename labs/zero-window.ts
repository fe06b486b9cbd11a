import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'zero-window',
    title: 'Nobody reads: the window closes, and is asked after until it opens',
    explanation: `The server's program does not read. Its kernel acknowledges all the same what the
      client sends, keeps it (Recv-Q), and with each acknowledgement allows less, down to a window
      of 0. From then on the client's kernel keeps the rest (Send-Q), and when its buffer is full
      too, send() waits, or fails with EAGAIN where it must not. The segment that opens the window
      again could be lost, and then both sides would wait for ever. So a timer runs, "persist": an
      octet's number that was acknowledged long ago is sent without its octet, after twice as long
      each time, and the answer tells the window. That is no failure and never ends the connection,
      as long as it is answered. When the server reads, it says so at once, and all goes on. (Linux
      answers such segments every 0.5 s at most, tcp_invalid_ratelimit; here it answers all.)`,
    sources: [
      'seed 004, "数据的发送"',
      'RFC 9293 3.8.6, 3.8.6.1',
      'net/ipv4/tcp_timer.c tcp_probe_timer, net/ipv4/tcp_output.c tcp_send_probe0',
    ],
    sysctls: { server: { 'net.ipv4.tcp_invalid_ratelimit': '0' } },
    waits: { always: '2s' },
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.shell();
    const cli = await client.shell();
    await ser.does(`
      socket                      = 3
      setsockopt 3 SO_RCVBUF 4096
      bind 3 server:6000
      listen 3 5
    `);
    await cli.does(`
      socket                      = 3
      setsockopt 3 SO_SNDBUF 32768
      connect 3 server:6000       = 0
      nonblock 3
    `);
    const conn = await expect(wire).connection();
    await ser.does('accept 3      = 4');

    await step('the window closes', async () => {
      await cli.does('send 3 x*16384 = 16384');
      const { names } = await expect(wire).toHaveCarried(
        conn,
        `client > server  S  seq=x
         ...
         server > client  .  ack=n  win=0`,
      );
      const { n = NaN, x = NaN } = names;
      const arrived = (n - x - 1) >>> 0;
      const timer = { name: 'persist', least: '0s', most: '2s' } as const;
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { recvQ: arrived, sendQ: 0 });
      await expect(client.end(conn)).toBeIn('ESTABLISHED', { sendQ: 16384 - arrived, timer });
    });
    await step('the buffer fills', async () => {
      await cli.does(`
        send 3 x*1048576 = *       # as much as there was room for
        send 3 x         = EAGAIN
      `);
    });
    await step('the client asks, ever less often', async () => {
      await expect(wire).toHaveCarried(
        conn,
        `              server > client  .  ack=n    win=0
                       client > server  .  seq=n-1  len=0
                       server > client  .  ack=n    win=0
         +0.35s..0.7s  client > server  .  seq=n-1  len=0
                       server > client  .  ack=n    win=0
         +0.7s..1.4s   client > server  .  seq=n-1  len=0
                       server > client  .  ack=n    win=0`,
        { repeats: true },
      );
      await cli.does('send 3 x   = EAGAIN');
    });
    await step('the server reads, and it flows again', async () => {
      await ser.does('recv 4 65536 = *');
      await expect(wire).toHaveCarried(
        conn,
        `server > client  .     ack=n    win=0
         ...
         server > client  .     ack=n    win>0
         client > server  .|P.  seq=n    len>0
         ...
         server > client  .     ack>n`,
        { repeats: true },
      );
      await cli.does('send 3 x   = 1');
    });
  },
);
