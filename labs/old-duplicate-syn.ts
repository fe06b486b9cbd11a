import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'old-duplicate-syn',
    title: 'Why three segments and not two: a SYN from the past',
    section: 'Opening',
    next: 'simultaneous-open',
    explanation: `A SYN that was long on its way reaches a server before the client's new one. The
      server cannot know it is old: it goes to SYN-RECEIVED and answers. Were two segments enough,
      it would now have a connection that nobody wants. But the third is to come, and the client
      sees acknowledged what it has not sent: it answers with a reset. The request is dropped,
      accept() never hears of it, and the new SYN finds the server in LISTEN. A late copy of that
      one finds the connection and gets only an ACK of what the server has (RFC 5961; Linux since
      3.6).`,
    notice: `The server answered the old SYN just as it would a new one; only the client could
      tell, and its reset sent the server back to LISTEN. That is what the third segment is for.`,
    sources: [
      'seed 002, "问题"; seed 001, "1.连接的建立" and "4.3.其他状态迁移"',
      'RFC 9293 3.5 (figure 8), 3.10.7.3, 3.10.7.4',
      'net/ipv4/tcp_minisocks.c tcp_check_req, net/ipv4/tcp_input.c tcp_validate_incoming',
    ],
    shows: ['LISTEN -> SYN-RECEIVED', 'SYN-RECEIVED -> LISTEN', 'SYN-SENT -> ESTABLISHED'],
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.run('echo-server');
    await wire.hold();
    await client.run('echo-client');
    const conn = await expect(client.sockets()).toShowNew('SYN-SENT');

    await step('an old SYN overtakes the new one, which is held', async () => {
      await client.inject(conn, 'S seq=1000 mss=1460');
      await expect(server.end(conn)).toBeIn('SYN-RECEIVED', { orphaned: true });
    });
    await step('the answer to it is answered by a reset; the new SYN is lost', async () => {
      await wire.drop({ to: server, flags: 'S' });
      await wire.carry(client);
      await expect(wire).toHaveCarried(conn, 'client > server  S  seq!=1000');
      await wire.carry(server);
      await expect(server.end(conn)).toBeGone();
      await expect(server.listener()).toBeListening({ queued: 0 });
      await expect(client.end(conn)).toBeIn('SYN-SENT');
    });
    await step('sent again, the new SYN makes a connection, the first to be accepted', async () => {
      await wire.dropNothing(server);
      await expect(ser).toPrint('accept c = 4');
      await expect(client.end(conn)).toBeIn('ESTABLISHED');
    });
    const { names } = await expect(wire).toHaveCarriedOnly(
      conn,
      `client > server  S   seq=1000
       client > server  S   seq=x
       server > client  S.  seq=z    ack=1001
       client > server  R   seq=1001           x1+
       server > client  S.  seq=y    ack=x+1
       client > server  .   seq=x+1  ack=y+1`,
    );
    await step('a late copy of it is acknowledged, no more', async () => {
      await client.inject(conn, `S seq=${names['x'] ?? NaN} mss=1460`);
      const copied = `
        client > server  S  seq=x
        server > client  .  ack=x+1
      `;
      await expect(wire).toHaveCarried(conn, copied, { repeats: true });
      await expect(conn).toBeIn({ server: 'ESTABLISHED', client: 'ESTABLISHED' });
    });
  },
);
