import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'reset',
    title: 'The ways to a reset, and what the calls of both ends return',
    explanation: `A FIN says "I have sent everything"; a RST says "there is nothing here any more":
      both ends are CLOSED at once, and nobody waits in TIME-WAIT. Linux sends one when a socket is
      closed with SO_LINGER at 0, and when it is closed before all that came has been read, since
      the peer must not believe that it was; killing a process closes its sockets, no more. What
      had arrived can still be read at the other end. Then the first call that meets the reset, be
      it recv() or send(), fails with ECONNRESET, and only the first: afterwards recv() returns 0,
      as though a FIN had come, and send() fails with EPIPE. Last, a process is killed that had
      read all: it sends FIN. What is written to it then is answered by RST, but that send() has
      long returned, and after a FIN no call says ECONNRESET.`,
    sources: [
      'seed 001, "5.RST，同时打开和同时关闭"; seed 004, "数据的发送"',
      'RFC 9293 3.5.2, 3.5.3, 3.10.5; RFC 1122 4.2.2.13; socket(7) SO_LINGER',
      'net/ipv4/tcp.c __tcp_close, net/ipv4/tcp_input.c tcp_reset',
    ],
    shows: [
      'ESTABLISHED -> CLOSED (snd RST)',
      'ESTABLISHED -> CLOSED (rcv RST)',
      'FIN-WAIT-2 -> CLOSED (snd RST)',
      'CLOSE-WAIT -> CLOSED (rcv RST)',
    ],
    refutes: ['ESTABLISHED -> TIME-WAIT (snd RST)', 'FIN-WAIT-2 -> TIME-WAIT (snd RST)'],
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.shell();
    await ser.does(`
      socket              = 3
      bind 3 server:6000
      listen 3 5
    `);
    const connected = async (unread: string) => {
      const cli = await client.shell();
      await cli.does(`
        socket                = 3
        connect 3 server:6000 = 0
        send 3 bye            = 3
      `);
      const conn = await expect(wire).connection();
      await ser.does(unread === '' ? 'accept 3 = 4' : `accept 3 = 4 \n send 4 ${unread}`);
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { recvQ: 3, sendQ: 0 });
      await expect(client.end(conn)).toBeIn('ESTABLISHED', { recvQ: unread.length, sendQ: 0 });
      return { cli, conn };
    };
    const abort = 'setsockopt 3 SO_LINGER 0 \n close 3';
    const ways = [
      { title: 'close() with SO_LINGER 0', unread: '', calls: abort, first: 'recv 4' },
      { title: 'close() with unread data', unread: 'hello', calls: 'close 3', first: 'send 4 x' },
      { title: 'killed with unread data', unread: 'hello', first: 'recv 4' },
    ];
    for (const { title, unread, calls, first } of ways) {
      await step(title, async () => {
        const { cli, conn } = await connected(unread);
        await (calls === undefined ? cli.program.kill('SIGKILL') : cli.does(calls));
        await expect(client.end(conn)).toBeGone();
        await expect(server.end(conn)).toBeGone();
        await expect(wire).toHaveCarriedOnly(
          conn,
          `...
           client > server  P.  seq=x  len=3
           ...
           client > server  R.  seq=x+3`,
        );
        await ser.does(`
          recv 4   = 3 "bye"
          ${first} = ECONNRESET
          recv 4   = 0
          send 4 x = EPIPE
          close 4
        `);
      });
    }
    await step('killed with nothing unread, then written to', async () => {
      const { cli, conn } = await connected('');
      await cli.program.kill('SIGKILL');
      await expect(client.end(conn)).toBeIn('FIN-WAIT-2', { owned: false });
      await expect(server.end(conn)).toBeIn('CLOSE-WAIT', { recvQ: 4 });
      await ser.does(`
        recv 4   = 3 "bye"
        recv 4   = 0
        send 4 x = 1
      `);
      await expect(client.end(conn)).toBeGone();
      await expect(server.end(conn)).toBeGone();
      await ser.does(`
        send 4 x = EPIPE
        recv 4   = 0
      `);
      await expect(wire).toHaveCarriedOnly(
        conn,
        `...
         client > server  F.  seq=x
         server > client  .   seq=y  ack=x+1
         server > client  P.  seq=y  ack=x+1  len=1
         client > server  R   seq=x+1`,
      );
    });
  },
);
