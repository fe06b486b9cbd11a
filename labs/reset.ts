import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'reset',
    title: 'What leads to a reset, and what the calls of both ends return',
    section: 'Resets and data',
    next: 'reset-received',
    explanation: `A FIN says "I have sent everything"; a RST says "there is nothing here any more". Linux
      sends one when a socket is closed with SO_LINGER at 0, and when it is closed before all that
      came has been read, as the peer must not believe that it was; killing a process just closes its
      sockets. What had arrived can still be read at the other end. Then the first call, recv() or
      send(), fails with ECONNRESET, and only that one: afterwards recv() returns 0, as after a FIN,
      and send() fails with EPIPE. Last, a process is killed that had read all: it sends FIN. What is
      written to it is answered by RST, but too late for that send(); no call says ECONNRESET then.`,
    notice: `ECONNRESET is reported once; the next recv() returns 0, as after a FIN. And close()
      with unread data sends a reset, not a FIN.`,
    sources: [
      'seed 001, "5.RST，同时打开和同时关闭"; seed 004, "数据的发送"; socket(7) SO_LINGER',
      'RFC 9293 3.5.2, 3.5.3, 3.10.5; RFC 1122 4.2.2.13; net/ipv4/tcp.c __tcp_close',
    ],
    shows: ['ESTABLISHED -> CLOSED (snd RST)', 'FIN-WAIT-2 -> CLOSED (snd RST)'],
  },
  async ({ client, wire, connected, step, expect }) => {
    for (const [title, unread, calls, first] of [
      ['close() with SO_LINGER 0', '', ['setsockopt 3 SO_LINGER 0', 'close 3'], 'recv 4'],
      ['close() with unread data', 'hello', 'close 3', 'send 4 "x"'],
      ['killed with unread data', 'hello', 'kill', 'recv 4'],
    ] as const)
      await step(title, async () => {
        const { ser, cli, conn } = await connected();
        await cli.does('send 3 "bye" = 3');
        if (unread !== '') await ser.does(`send 4 "${unread}"`);
        await expect(client.end(conn)).toBeIn('ESTABLISHED', { recvQ: unread.length, sendQ: 0 });
        await (calls === 'kill' ? cli.program.kill('SIGKILL') : cli.does(calls));
        await expect(conn).toBeIn({ server: 'CLOSED', client: 'CLOSED' });
        await ser.does(`
          recv 4   = 3 "bye"
          ${first} = ECONNRESET
          recv 4     = 0
          send 4 "x" = EPIPE
          close 4
          close 3
        `);
        await expect(wire).toHaveCarriedOnly(
          conn,
          `...
           client > server  P.  seq=x  len=3
           ...
           client > server  R.  seq=x+3`,
        );
      });
    await step('killed with nothing unread, then written to', async () => {
      const { ser, cli, conn } = await connected();
      await cli.program.kill('SIGKILL');
      await expect(conn).toBeIn({ server: 'CLOSE-WAIT', client: 'FIN-WAIT-2' });
      await ser.does(`
        recv 4     = 0
        send 4 "x" = 1
      `);
      await expect(conn).toBeIn({ server: 'CLOSED', client: 'CLOSED' });
      await ser.does(`
        send 4 "x" = EPIPE
        recv 4     = 0
      `);
      await expect(wire).toHaveCarriedOnly(
        conn,
        `...
         client > server  F.  seq=x
         server > client  .   seq=y  ack=x+1
         server > client  P.  seq=y  len=1
         client > server  R   seq=x+1`,
      );
    });
  },
);
