import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'late-segment',
    title: 'Data of a closed connection come late: no program reads them',
    section: 'TIME-WAIT',
    next: 'time-wait-syn',
    explanation: `A segment that lost its way may come when its connection is long closed. We send
      a true copy of old data from the client, past its kernel. TIME-WAIT still knows the number
      that it expects: it acknowledges that and throws the data away. (The ACK meets a kernel that
      no longer knows the connection and answers with a reset; here that is lost, since it would
      end TIME-WAIT: RFC 1337.) The next connection of the same addresses and ports begins with a
      higher number: to it the old data are a repetition, which it acknowledges and does not
      deliver.`,
    notice: `The old data reached first TIME-WAIT and then the next connection of the same
      addresses and ports; no program read them either time.`,
    sources: [
      'seed 000, "TIME_WAIT 状态"; RFC 9293 3.6.1, 3.10.7.4; RFC 1337',
      'net/ipv4/tcp_minisocks.c tcp_timewait_state_process, net/ipv4/tcp_input.c tcp_validate_incoming',
    ],
    shows: ['FIN-WAIT-2 -> TIME-WAIT'],
  },
  async ({ server, client, wire, connected, step, expect }) => {
    const { ser, cli, conn } = await connected({ client: 'bind 3 client:7000' });
    await cli.does('send 3 "old" = 3');
    await ser.does(`
      recv 4 = 3 "old"
      close 4
    `);
    await expect(conn).toBeIn({ server: 'FIN-WAIT-2', client: 'CLOSE-WAIT' });
    await wire.drop({ to: server, flags: 'R' });
    await cli.does(`
      recv 3 = 0
      close 3
    `);
    await expect(conn).toBeIn({ server: 'TIME-WAIT', client: 'CLOSED' });
    const { names } = await expect(wire).toHaveCarried(
      conn,
      `client > server  P.  seq=d  ack=s  len=3  tsval=t  tsecr=e
       ...
       client > server  F.  seq=d+3`,
    );
    const { d = NaN, s, t, e } = names;
    const late = `P. seq=${d} ack=${s} tsval=${t} tsecr=${e} "old"`;

    await step('the old data reach TIME-WAIT', async () => {
      await client.inject(conn, late);
      const answered = `
        client > server  P.  seq=${d}  len=3
        server > client  .  ack=${d + 4}
      `;
      await expect(wire).toHaveCarried(conn, answered, { repeats: true });
      await expect(server.end(conn)).toBeIn('TIME-WAIT');
    });
    await step(
      'the old data reach the next connection of the same addresses and ports',
      async () => {
        await cli.does(`
        socket                = 3
        bind 3 client:7000
        connect 3 server:6000 = 0
      `);
        await ser.does('accept 3 = 4 client:7000');
        await client.inject(conn, late);
        await expect(wire).toHaveCarried(
          conn,
          `client > server  S   seq=n
         ...
         client > server  P.  seq<n  len=3
         server > client  .   ack=n+1`,
          { repeats: true },
        );
        await expect(server.end(conn)).toBeIn('ESTABLISHED', { recvQ: 0 });
        await cli.does('send 3 "new" = 3');
        await ser.does('recv 4 = 3 "new"');
      },
    );
  },
);
