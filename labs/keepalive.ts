import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'keepalive',
    title: 'A peer that has vanished, and who finds out',
    section: 'Resets and data',
    notWalkable: 'it measures when a silent peer is asked',
    explanation: `Where nothing is sent, nothing shows that the peer's host has lost its power or
      its cable: the other end stays ESTABLISHED for ever. With SO_KEEPALIVE the kernel asks after
      tcp_keepalive_time (2 h; here 1 s), by a segment whose number was acknowledged long ago,
      which a live peer answers. If none comes it asks every tcp_keepalive_intvl (75 s; here 1 s),
      gives up after tcp_keepalive_probes (9; here 2), sends a reset in vain, and recv() fails
      with ETIMEDOUT. The client was only cut off: its end is half-open until a reset answers what
      it sends next.`,
    notice: `Two connections were cut off alike. The one with SO_KEEPALIVE ended with ETIMEDOUT;
      the other noticed nothing, and went on as soon as the client was back. TCP finds a dead peer
      only by sending.`,
    sources: [
      'seed 000, "程序中查看TCP的状态"; seed 004, "Client不知道"; RFC 9293 3.8.4, 3.5.1',
      'tcp(7) tcp_keepalive_time, socket(7) SO_KEEPALIVE; net/ipv4/tcp_timer.c tcp_keepalive_timer',
    ],
    sysctls: {
      server: {
        'net.ipv4.tcp_keepalive_time': '1',
        'net.ipv4.tcp_keepalive_intvl': '1',
        'net.ipv4.tcp_keepalive_probes': '2',
      },
    },
    waits: { always: '4s' },
  },
  async ({ server, client, wire, connected, step, expect }) => {
    const { ser, cli, conn: asked } = await connected();
    await cli.does(`
      socket                = 4
      connect 4 server:6000 = 0
    `);
    const plain = await expect(wire).connection();
    await ser.does(`
      accept 3 = 5
      setsockopt 4 SO_KEEPALIVE 1
    `);
    await step('a live peer answers', async () => {
      const timer = { name: 'keepalive', least: '0s', most: '1s' } as const;
      await expect(server.end(asked)).toBeIn('ESTABLISHED', { timer });
      const answered = `
        server > client  .  ack=c  len=0
        client > server  .  seq=c  len=0
      `;
      await expect(wire).toHaveCarried(asked, answered, { repeats: true });
    });
    await step('a peer that is cut off does not, and only one end finds out', async () => {
      await wire.drop({ to: client, flags: '*' });
      await expect(ser.call('recv 4')).toFailWith('ETIMEDOUT');
      await expect(asked).toBeIn({ server: 'CLOSED', client: 'ESTABLISHED' });
      await expect(wire).toHaveCarriedNo(plain, 'server > client  .'); // nobody has asked
    });
    await step('the client is back: one connection goes on, the other is reset', async () => {
      await wire.dropNothing(client);
      await cli.does(`
        send 3 "hello" = 5
        recv 3         = ECONNRESET
        send 4 "hello" = 5
      `);
      await expect(asked).toBeIn({ server: 'CLOSED', client: 'CLOSED' });
      await expect(server.end(plain)).toBeIn('ESTABLISHED', { recvQ: 5 });
    });
    await expect(wire).toHaveCarried(
      asked,
      `     client > server  .   seq=c    ack=s
       +1s  server > client  .   seq=s-1  ack=c  len=0
       +1s  server > client  .   seq=s-1  ack=c  len=0
       +1s  server > client  R.  seq=s    ack=c
            client > server  P.  seq=c    ack=s  len=5
            server > client  R   seq=s`,
      { repeats: true },
    );
  },
);
