import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'zero-window',
    title: 'Nobody reads: the window closes, and is asked after until it opens',
    section: 'Resets and data',
    next: 'keepalive',
    notWalkable: 'it measures when a closed window is asked after',
    explanation: `The server's program does not read. Its kernel keeps what comes (Recv-Q) and
      with each ACK allows less, down to a window of 0; the client's keeps the rest (Send-Q),
      until send() has to wait, or fails with EAGAIN. The ACK that opens the window again could be
      lost, and both would wait for ever. So a timer runs, "persist": a segment without data, its
      number acknowledged long ago, asks for an answer, which tells the window; less and less
      often, for ever. When the server reads, it says so at once, and all goes on. (Linux answers
      every 0.5 s at most, tcp_invalid_ratelimit; here always.)`,
    notice: `A window of 0 is not an error: the sender asks, ever less often, until the reader has
      made room. It would do so for ever.`,
    sources: [
      'seed 004, "数据的发送"; RFC 9293 3.8.6, 3.8.6.1',
      'net/ipv4/tcp_timer.c tcp_probe_timer, net/ipv4/tcp_output.c tcp_send_probe0',
    ],
    sysctls: { server: { 'net.ipv4.tcp_invalid_ratelimit': '0' } },
    waits: { always: '2s' },
  },
  async ({ server, client, wire, connected, step, expect }) => {
    const small = { server: 'setsockopt 3 SO_RCVBUF 4096', client: 'setsockopt 3 SO_SNDBUF 16384' };
    const { ser, cli, conn } = await connected(small);
    await step('the window closes', async () => {
      await cli.does(`
        nonblock 3
        send 3 len=8192 = 8192
      `);
      const closed = `
        client > server  S  seq=x
        ...
        server > client  .  ack=n  win=0
      `;
      const { x = NaN, n = NaN } = (await expect(wire).toHaveCarried(conn, closed)).names;
      const arrived = (n - x - 1) >>> 0;
      const timer = { name: 'persist', least: '0s', most: '2s' } as const;
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { recvQ: arrived, sendQ: 0 });
      await expect(client.end(conn)).toBeIn('ESTABLISHED', { sendQ: 8192 - arrived, timer });
    });
    const [more] = await cli.does(`
      send 3 len=1048576 = N
      send 3 "x"         = EAGAIN
    `);
    await step('the client asks, ever less often', async () => {
      await expect(wire).toHaveCarried(
        conn,
        `              server > client  .  ack=n    win=0
                       client > server  .  seq=n-1  len=0
                       server > client  .  ack=n    win=0
         +0.35s..0.7s  client > server  .  seq=n-1  len=0
                       server > client  .  ack=n    win=0
         +0.7s..1.4s   client > server  .  seq=n-1  len=0`,
        { repeats: true },
      );
      await cli.does('send 3 "x" = EAGAIN');
    });
    await step('the server reads, and all of it comes', async () => {
      for (let left = 8192 + Number(more); left > 0;)
        left -= parseInt((await ser.does('recv 4 65536 = N')).join());
      const opened = `server > client  .     ack=n  win=0
                      ...
                      server > client  .     ack=n  win>0
                      client > server  .|P.  seq=n  len>0`;
      await expect(wire).toHaveCarried(conn, opened, { repeats: true });
      await expect(client.end(conn)).toBeIn('ESTABLISHED', { sendQ: 0 });
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { recvQ: 0 });
    });
  },
);
