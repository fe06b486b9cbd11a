import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'lost-last-ack',
    title: 'The last ACK is lost: TIME-WAIT acknowledges the FIN again',
    section: 'TIME-WAIT',
    next: 'late-segment',
    notWalkable: 'it reads how long TIME-WAIT has left',
    explanation: `Nobody acknowledges the last ACK: the client, which closed first, cannot know
      whether it arrived. Here it is lost, so the server stays in LAST-ACK and sends its FIN again,
      which we hold until TIME-WAIT has run for a while. TIME-WAIT acknowledges it and its minute
      starts anew; the server's end is CLOSED without an error. The second time a reset of the very
      number that it expects next has ended TIME-WAIT (tcp_rfc1337=1 would prevent that): the FIN
      that comes again meets a reset, and the server's program has ECONNRESET though all went well.`,
    notice: `TIME-WAIT acknowledged the FIN that came again, and its minute began anew. Where a
      reset had ended TIME-WAIT before, the same FIN met a reset, and the server got ECONNRESET for a
      connection that had ended well.`,
    sources: [
      'seed 000, "TIME_WAIT 状态"; seed 001, 4.4; seed 002, "问题"; RFC 9293 3.10.7.4; RFC 1337',
      'net/ipv4/tcp_minisocks.c tcp_timewait_state_process, net/ipv4/tcp_input.c tcp_reset',
    ],
    shows: ['TIME-WAIT -> CLOSED (rcv RST)', 'LAST-ACK -> CLOSED (rcv RST)'],
    waits: { always: '5s' },
  },
  async ({ server, client, wire, connected, step, expect }) => {
    const last = `
      server > client  F.  seq=s
      client > server  .  ack=s+1
    `;
    const closedWithoutLastAck = async () => {
      const { ser, cli, conn } = await connected();
      await cli.does('close 3');
      await ser.does(`
        recv 4 = 0
        close 3
      `);
      await expect(conn).toBeIn({ server: 'CLOSE-WAIT', client: 'FIN-WAIT-2' });
      await wire.hold(server);
      await ser.does('shutdown 4 WR = 0');
      await wire.drop({ to: server, flags: '.' });
      await wire.release(server);
      await expect(conn).toBeIn({ server: 'LAST-ACK', client: 'TIME-WAIT' });
      const { names } = await expect(wire).toHaveCarried(conn, last);
      await wire.dropNothing(server);
      await expect(server.end(conn)).toBeIn('LAST-ACK', { sendQ: 1, orphaned: false });
      return { ser, conn, s: names['s'] ?? NaN };
    };
    await step('the FIN comes again, and TIME-WAIT is there', async () => {
      const { ser, conn } = await closedWithoutLastAck();
      const timer = (least: string, most: string) => ({ name: 'timewait', least, most }) as const;
      await expect(client.end(conn)).toBeIn('TIME-WAIT', { timer: timer('50s', '55s') });
      await wire.carry(server);
      await expect(client.end(conn)).toBeIn('TIME-WAIT', { timer: timer('56s', '60s') });
      await expect(server.end(conn)).toBeGone();
      await ser.does(`
        getsockopt 4 SO_ERROR = 0 [0]
        close 4
      `);
      await expect(wire).toHaveCarried(
        conn,
        `${last}
         ...
         ${last}`,
        { repeats: true },
      );
    });
    await step('the FIN comes again, and TIME-WAIT is not', async () => {
      const { ser, conn, s } = await closedWithoutLastAck();
      await server.inject(conn, `R seq=${s + 1}`);
      await expect(conn).toBeIn({ server: 'LAST-ACK', client: 'CLOSED' });
      await wire.carry(server);
      await expect(server.end(conn)).toBeGone();
      await ser.does('getsockopt 4 SO_ERROR = 0 [104] # ECONNRESET');
      const reset = `
        server > client  F.  ack=c
        client > server  R  seq=c
      `;
      await expect(wire).toHaveCarried(conn, reset, { repeats: true });
    });
  },
);
