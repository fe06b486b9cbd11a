import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'time-wait-syn',
    title: 'TIME-WAIT makes way for a new SYN, and answers an old one with an ACK',
    section: 'TIME-WAIT',
    next: 'time-wait-flood',
    explanation: `The server closed first and is in TIME-WAIT; SYNs come from the very port that the
      client had. How can it tell a new connection from a late copy of the old SYN? By two numbers.
      A sequence number beyond the last that the old connection used is new, and so is a timestamp
      that is later: either is let in, and TIME-WAIT becomes SYN-RECEIVED. All else may be a late
      copy and is answered by the ACK that is due. So a client can come again from the same port at
      once, and no SYN is ever answered by a reset. (We send these SYNs past the client's kernel,
      whose resets are lost here: one would end TIME-WAIT, RFC 1337.)`,
    notice: `A SYN with a higher sequence number, or with a later timestamp, was let in; an older
      one got only an ACK. So TIME-WAIT does not keep a client from coming again.`,
    sources: [
      'seed 000, "TIME_WAIT 状态"; seed 001, "4.4. 2MSL等待状态"',
      'RFC 9293 3.6.1, 3.10.7.4; RFC 6191; RFC 1337',
      'net/ipv4/tcp_minisocks.c tcp_timewait_state_process',
    ],
    shows: ['TIME-WAIT -> SYN-RECEIVED (rcv SYN)'],
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.shell(`
      socket = 3
      bind 3 server:6000
      listen 3 5
    `);
    const cli = await client.shell();
    await wire.drop({ to: server, flags: 'R' });
    /** A connection from this port that the server closed first: its SYN's numbers. */
    const closed = async (port: number) => {
      const conn = wire.between(6000, port);
      await cli.does(`
        socket                = 3
        bind 3 client:${port}
        connect 3 server:6000 = 0
      `);
      await ser.does(`
        accept 3 = 4
        close 4
      `);
      await cli.does(`
        recv 3 = 0
        close 3
      `);
      await expect(conn).toBeIn({ server: 'TIME-WAIT', client: 'CLOSED' });
      const { names } = await expect(wire).toHaveCarried(conn, 'client > server S seq=x tsval=t');
      const { x = NaN, t = NaN } = names;
      return { conn, x, t };
    };
    // Each right before its SYN comes: TIME-WAIT lasts a minute on a slow machine, too.
    const old = await closed(7000);
    await step('a late copy of the old SYN', async () => {
      await client.inject(old.conn, `S seq=${old.x} tsval=${old.t}`);
      await expect(wire).toHaveCarried(
        old.conn,
        `client > server  S  seq=x
         server > client  .  ack=x+2`,
        { repeats: true },
      );
      await expect(server.end(old.conn)).toBeIn('TIME-WAIT');
    });
    const letIn = `
      client > server F.
      ...
      server > client S.
    `;
    const higher = await closed(7001);
    await step('a higher number is new', async () => {
      await client.inject(higher.conn, `S seq=${higher.x + 100_000}`);
      await expect(server.end(higher.conn)).toBeIn('SYN-RECEIVED');
      await expect(wire).toHaveCarried(higher.conn, letIn);
    });
    const later = await closed(7002);
    await step('and so is a later timestamp', async () => {
      await client.inject(later.conn, `S seq=${later.x - 100_000} tsval=${later.t + 100_000}`);
      await expect(server.end(later.conn)).toBeIn('SYN-RECEIVED');
      await expect(wire).toHaveCarried(later.conn, letIn);
    });
    await expect(wire).toHaveCarriedNo({ serverPort: 6000 }, 'server > client  R|R.');
  },
);
