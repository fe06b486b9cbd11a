import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'lost-last-ack',
    title: 'The last ACK is lost: TIME-WAIT acknowledges the FIN again',
    explanation: `Nobody acknowledges the last ACK, so the client, which closed first, cannot know
      whether it arrived. Here it is lost. The server stays in LAST-ACK and sends its FIN again, held
      until the minute of TIME-WAIT has run for a while. Then TIME-WAIT acknowledges it and its
      minute starts anew: the server's end is CLOSED, without an error. The second time TIME-WAIT
      is ended early, by a reset that bears the very number it expects next (RFC 1337 calls it
      assassination). When the FIN comes again, nobody knows the connection: it meets a reset, and
      the server's program, which cannot tell whether its last data arrived, has ECONNRESET.`,
    sources: [
      'seed 000, "TIME_WAIT 状态"; seed 001, "4.4. 2MSL等待状态"; seed 002, "问题"',
      'RFC 9293 3.6 (figure 12), 3.10.7.4 (TIME-WAIT STATE); RFC 1337 2',
      'net/ipv4/tcp_minisocks.c tcp_timewait_state_process, net/ipv4/tcp_input.c tcp_reset',
    ],
    shows: [
      'CLOSE-WAIT -> LAST-ACK',
      'FIN-WAIT-2 -> TIME-WAIT',
      'LAST-ACK -> CLOSED',
      'TIME-WAIT -> CLOSED (rcv RST)',
      'LAST-ACK -> CLOSED (rcv RST)',
    ],
    waits: { always: '3s' },
  },
  async ({ server, client, wire, connected, step, expect }) => {
    const closedWithoutLastAck = async () => {
      const { ser, cli, conn } = await connected();
      await cli.does('close 3');
      await ser.does('recv 4 = 0 \n close 3');
      await expect(server.end(conn)).toBeIn('CLOSE-WAIT');
      await expect(client.end(conn)).toBeIn('FIN-WAIT-2', { owned: false });
      await wire.hold(server);
      await ser.does('shutdown 4 WR = 0');
      await expect(server.end(conn)).toBeIn('LAST-ACK', { sendQ: 1 });
      await wire.drop({ to: server, flags: '.' });
      await wire.release(server);
      await expect(client.end(conn)).toBeIn('TIME-WAIT');
      const { names } = await expect(wire).toHaveCarried(
        conn,
        `server > client  F.  seq=s
         client > server  .   ack=s+1`,
      );
      await wire.dropNothing(server);
      await expect(server.end(conn)).toBeIn('LAST-ACK', { sendQ: 1, owned: true });
      return { ser, conn, s: names['s'] ?? NaN };
    };
    await step('the FIN comes again, and TIME-WAIT is there', async () => {
      const { ser, conn } = await closedWithoutLastAck();
      const timer = { name: 'timewait', least: '50s', most: '57s' } as const;
      await expect(client.end(conn)).toBeIn('TIME-WAIT', { timer });
      await wire.carry(server);
      const anew = { ...timer, least: '59s', most: '60s' };
      await expect(client.end(conn)).toBeIn('TIME-WAIT', { timer: anew });
      await expect(server.end(conn)).toBeGone();
      await ser.does('getsockopt 4 SO_ERROR = 0 [0] \n close 4');
      await expect(wire).toHaveCarried(
        conn,
        `server > client  F.  seq=s
         client > server  .   ack=s+1
         ...
         server > client  F.  seq=s
         client > server  .   ack=s+1`,
        { repeats: true },
      );
    });
    await step('the FIN comes again, and TIME-WAIT is not', async () => {
      const { ser, conn, s } = await closedWithoutLastAck();
      await server.forge(conn, `R seq=${s + 1}`);
      await expect(client.end(conn)).toBeGone();
      await expect(server.end(conn)).toStayIn('LAST-ACK', { during: '100ms' });
      await wire.carry(server);
      await expect(server.end(conn)).toBeGone();
      await ser.does('getsockopt 4 SO_ERROR = 0 [104] # ECONNRESET');
      await expect(wire).toHaveCarried(
        conn,
        `server > client  R   seq=r
         server > client  F.  seq=r-1  ack=c
         client > server  R   seq=c`,
        { repeats: true },
      );
    });
  },
);
