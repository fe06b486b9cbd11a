import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'keepalive',
    title: 'A peer that has vanished, and who finds out',
    explanation: `A connection on which nothing is sent costs no segment, so nothing tells when the peer's
      host has lost its power or its cable: the end that is left stays ESTABLISHED for ever. With
      SO_KEEPALIVE the kernel asks when it has heard nothing for tcp_keepalive_time (two hours; here
      1 s): it sends a segment with a number that was acknowledged long ago, which a live peer
      answers with an ACK. Without an answer it asks again every tcp_keepalive_intvl (75 s; here 1 s),
      and after tcp_keepalive_probes (9; here 2) it gives up: it sends a reset, in vain, and recv()
      fails with ETIMEDOUT. The client's host had only been cut off, and its end of that connection
      is still ESTABLISHED: half-open, until its next segment meets nobody and is answered by a
      reset. The other connection has seen no difference.`,
    sources: [
      'seed 000, "程序中查看TCP的状态"; seed 004, "Client不知道"',
      'RFC 9293 3.8.4, 3.5.1; tcp(7) tcp_keepalive_time, socket(7) SO_KEEPALIVE',
      'net/ipv4/tcp_timer.c tcp_keepalive_timer',
    ],
    sysctls: {
      server: {
        'net.ipv4.tcp_keepalive_time': '1',
        'net.ipv4.tcp_keepalive_intvl': '1',
        'net.ipv4.tcp_keepalive_probes': '2',
      },
    },
    shows: ['ESTABLISHED -> CLOSED (snd RST)', 'ESTABLISHED -> CLOSED (rcv RST)'],
    waits: { always: '4s' },
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.shell();
    const cli = await client.shell();
    await ser.does(`
      socket                = 3
      bind 3 server:6000
      listen 3 5
    `);
    await cli.does(`
      socket                = 3
      connect 3 server:6000 = 0
    `);
    const plain = await expect(wire).connection();
    await cli.does(`
      socket                = 4
      connect 4 server:6000 = 0
    `);
    const asked = await expect(wire).connection();
    await ser.does(`
      accept 3 = 4
      accept 3 = 5
      setsockopt 5 SO_KEEPALIVE 1
    `);

    await step('a live peer answers', async () => {
      const timer = { name: 'keepalive', least: '0s', most: '1s' } as const;
      await expect(server.end(asked)).toBeIn('ESTABLISHED', { timer });
      await expect(wire).toHaveCarried(
        asked,
        `client > server  .  seq=c    ack=s
         server > client  .  seq=s-1  ack=c  len=0
         client > server  .  seq=c    ack=s  len=0`,
        { repeats: true },
      );
    });
    await step('a peer that is cut off does not', async () => {
      await wire.drop({ to: client, flags: '*' });
      await Promise.all([
        expect(ser.call('recv 5')).toFailWith('ETIMEDOUT'),
        expect(server.end(plain)).toStayIn('ESTABLISHED', { during: '3s', sendQ: 0 }),
      ]);
      await expect(server.end(asked)).toBeGone();
      await expect(client.end(asked)).toBeIn('ESTABLISHED');
      await expect(wire).toHaveCarried(
        asked,
        `     client > server  .   seq=c    ack=s
         +1s  server > client  .   seq=s-1  ack=c  len=0
         +1s  server > client  .   seq=s-1  ack=c  len=0
         +1s  server > client  R.  seq=s    ack=c`,
        { repeats: true },
      );
    });
    await step('the client is back: one connection goes on, the other is reset', async () => {
      await wire.dropNothing(client);
      await cli.does(`
        send 3 hello = 5
        send 4 hello = 5
        recv 4       = ECONNRESET
      `);
      await expect(client.end(asked)).toBeGone();
      await expect(server.end(plain)).toBeIn('ESTABLISHED', { recvQ: 5 });
      await expect(wire).toHaveCarried(
        asked,
        `client > server  P.  seq=c  ack=s  len=5
         server > client  R   seq=s`,
      );
    });
    await expect(wire).toHaveCarriedOnly(
      plain,
      `client > server  S   seq=x
       server > client  S.  seq=y    ack=x+1
       client > server  .   seq=x+1  ack=y+1
       client > server  P.  seq=x+1  len=5
       server > client  .   ack=x+6`,
    );
  },
);
