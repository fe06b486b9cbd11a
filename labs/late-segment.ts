import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'late-segment',
    title: 'Segments of a closed connection come late: no program reads them',
    explanation: `A segment that lost its way may come when its connection is long closed. We send
      true copies of old segments from the client, past its kernel. TIME-WAIT still knows the number
      that it expects: it acknowledges that and throws away what came, be it data or an old SYN. A
      new SYN it lets in and makes way: one with a higher number than the old connection used, or
      with a later timestamp. TIME-WAIT may end early, though: its ACK meets a kernel that knows
      the connection no more, and answers with a reset of just that number (RFC 1337 calls this
      assassination; tcp_rfc1337=1 prevents it). Here these resets are lost until we show it. Even
      then late data reach no program: the listener answers what has no connection with a reset.
      And the next connection of the same addresses and ports begins with a higher number: to it
      the old data are a repetition, which it acknowledges and does not deliver.`,
    sources: [
      'seed 000, "TIME_WAIT 状态"',
      'RFC 9293 3.6.1, 3.10.7.4; RFC 6191; RFC 1337 2',
      'net/ipv4/tcp_minisocks.c tcp_timewait_state_process, net/ipv4/tcp_input.c tcp_validate_incoming',
    ],
    shows: ['TIME-WAIT -> SYN-RECEIVED (rcv SYN)', 'TIME-WAIT -> CLOSED (rcv RST)'],
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.shell('socket = 3 \n bind 3 server:6000 \n listen 3 5');
    const cli = await client.shell();
    await wire.drop({ to: server, flags: 'R' });
    /** A connection from this port that the server closed first, and what it carried. */
    const closed = async (port: number) => {
      await cli.does(`socket = 3 \n bind 3 client:${port} \n connect 3 server:6000 \n send 3 old`);
      await ser.does('accept 3 = 4 \n recv 4 = 3 "old" \n close 4');
      await cli.does('recv 3 = 0 \n close 3');
      const conn = wire.between(6000, port);
      await expect(server.end(conn)).toBeIn('TIME-WAIT');
      await expect(client.end(conn)).toBeGone();
      const { names } = await expect(wire).toHaveCarried(
        conn,
        `client > server  S   seq=x  tsval=a
         server > client  S.  seq=y
         client > server  .
         client > server  P.  seq=x+1  len=3  tsval=b  tsecr=c`,
      );
      const { x = NaN, y = NaN, a, b = NaN, c } = names;
      const data = `P. seq=${x + 1} ack=${y + 1} tsval=${b} tsecr=${c} "old"`;
      return { conn, syn: `S seq=${x} tsval=${a}`, data, x, b };
    };
    const first = await closed(7000);
    await step('late data and an old SYN reach TIME-WAIT', async () => {
      for (const [late, pattern] of [
        [first.data, 'P.  seq=f-3  len=3'],
        [first.syn, 'S  seq=f-4'],
      ] as const) {
        await client.forge(first.conn, late);
        await expect(wire).toHaveCarried(
          first.conn,
          `client > server  F.  seq=f
           ...
           client > server  ${pattern}
           server > client  .   ack=f+1
           client > server  R   seq=f+1`,
          { repeats: true },
        );
        await expect(server.end(first.conn)).toBeIn('TIME-WAIT');
      }
    });
    await step('what makes a SYN new: its number or its timestamp', async () => {
      const [higher, later] = [await closed(7001), await closed(7002)];
      await client.forge(higher.conn, `S seq=${higher.x + 100_000}`);
      await client.forge(later.conn, `S seq=${later.x - 100_000} tsval=${later.b + 100_000}`);
      await expect(server.end(higher.conn)).toBeIn('SYN-RECEIVED');
      await expect(server.end(later.conn)).toBeIn('SYN-RECEIVED');
    });
    await step('a reset of the number it expects ends TIME-WAIT', async () => {
      const { conn, data } = await closed(7003);
      await wire.dropNothing(server);
      await client.forge(conn, data);
      await expect(server.end(conn)).toBeGone();
      await client.forge(conn, data);
      await expect(wire).toHaveCarried(
        conn,
        `client > server  P.  ack=y
         server > client  .   ack=n
         client > server  R   seq=n
         client > server  P.  ack=y
         server > client  R   seq=y`,
        { repeats: true },
      );
    });
    await step('the next connection of the same addresses and ports', async () => {
      await cli.does('socket = 3 \n bind 3 client:7000 \n connect 3 server:6000');
      await ser.does('accept 3 = 4');
      await client.forge(first.conn, first.data);
      await expect(wire).toHaveCarried(
        first.conn,
        `client > server  S   seq=n
         ...
         client > server  P.  seq<n  len=3
         server > client  .   ack=n+1`,
        { repeats: true },
      );
      await expect(server.end(first.conn)).toBeIn('ESTABLISHED', { recvQ: 0 });
      await expect(client.end(first.conn)).toBeIn('ESTABLISHED', { recvQ: 0 });
      await cli.does('send 3 new = 3');
      await ser.does('recv 4 = 3 "new"');
    });
  },
);
