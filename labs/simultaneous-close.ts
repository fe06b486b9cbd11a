import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'simultaneous-close',
    title: 'Both close at the same time: CLOSING',
    section: 'Closing',
    next: 'half-close',
    explanation: `Client and server close before either has heard of the other's FIN: the two FINs
      cross. Each side receives a FIN where it waited for the ACK of its own; it acknowledges it and
      goes from FIN-WAIT-1 to CLOSING, and from there, by the ACK of its own FIN, to TIME-WAIT. Both
      were the first to close, so both have to wait there. CLOSING lasts only until the ACK comes,
      which is right behind the FIN. To see it at both ends at once, the server's ACK is held and the
      client's is lost on the way. Its kernel would send it again as soon as the server's FIN came
      again, after the retransmission timeout; the lab does not wait for that and sends it itself.`,
    notice: `Both ends went through CLOSING, and both are in TIME-WAIT: each was the first to close
      as far as it knew.`,
    sources: [
      'seed 000, "状态转移"; seed 001, "5.RST，同时打开和同时关闭"; seed 002, "TCP 挥手断连"',
      'RFC 9293 3.6 (figure 13); net/ipv4/tcp_input.c tcp_fin, tcp_rcv_state_process',
    ],
    shows: ['ESTABLISHED -> FIN-WAIT-1 -> CLOSING -> TIME-WAIT'],
    // At 10 s, a client in CLOSING whose FIN comes again acknowledges the server's: the lost ACK's work.
    rtoMin: '60s',
  },
  async ({ server, client, wire, connected, step, expect }) => {
    const { ser, cli, conn } = await connected();
    await step('both close', async () => {
      await wire.hold();
      await ser.does('close 4');
      await cli.does('close 3');
      await expect(conn).toBeIn({ server: 'FIN-WAIT-1', client: 'FIN-WAIT-1' });
    });
    await step("the server's FIN reaches the client", async () => {
      await wire.release(server);
      await expect(conn).toBeIn({ server: 'FIN-WAIT-1', client: 'CLOSING' });
    });
    await step("the client's FIN reaches the server; the ACK behind it is lost", async () => {
      await wire.drop({ to: server, flags: '.' });
      await wire.release(client);
      await expect(conn).toBeIn({ server: 'CLOSING', client: 'CLOSING' });
    });
    await step("the server's ACK reaches the client", async () => {
      await wire.carry();
      await expect(conn).toBeIn({ server: 'CLOSING', client: 'TIME-WAIT' });
    });
    const { names } = await expect(wire).toHaveCarried(
      conn,
      `server > client  F.  seq=s    ack=c
       client > server  F.  seq=c    ack=s
       client > server  .   seq=c+1  ack=s+1
       server > client  .   seq=s+1  ack=c+1`,
    );
    await step("the client's ACK reaches the server after all", async () => {
      const { c = NaN, s = NaN } = names;
      await wire.dropNothing(server);
      await client.inject(conn, `. seq=${c + 1} ack=${s + 1}`);
      await expect(conn).toBeIn({ server: 'TIME-WAIT', client: 'TIME-WAIT' });
    });
  },
);
