import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'close',
    title: 'Four segments end a connection',
    section: 'Closing',
    next: 'three-segment-close',
    explanation: `The client has nothing more to say and closes; the server does so later. Each
      side sends a FIN of its own and has it acknowledged, since each direction is closed
      separately. A FIN takes one sequence number, as a SYN does, and is acknowledged by its
      number plus one; it goes as FIN+ACK, since every segment after the first SYN carries an ACK.
      The kernel acknowledges a FIN without being asked; the other FIN goes out when the program
      there calls close(). Every segment is held until the states that it will end have been seen.`,
    notice: `Each direction is closed separately: two FINs, two ACKs. Whoever sent the first FIN
      is the one in TIME-WAIT.`,
    sources: [
      'seed 000, "状态转移"; seed 001, "2.结束连接"; seed 002, "TCP 挥手断连"; seed 003, 2; seed 004',
      'RFC 9293 3.6 (figure 12); net/ipv4/tcp.c tcp_close, net/ipv4/tcp_input.c tcp_fin',
    ],
    shows: [
      'ESTABLISHED -> FIN-WAIT-1 -> FIN-WAIT-2 -> TIME-WAIT',
      'ESTABLISHED -> CLOSE-WAIT -> LAST-ACK -> CLOSED',
    ],
    rtoMin: '10s',
  },
  async ({ server, client, wire, connected, step, expect }) => {
    const { ser, cli, conn } = await connected();
    await wire.hold();
    await step('the client closes, its FIN is held', async () => {
      await cli.does('close 3');
      await expect(client.end(conn)).toBeIn('FIN-WAIT-1', { sendQ: 1, orphaned: true });
    });
    await step('the FIN reaches the server', async () => {
      await wire.release(client);
      await expect(conn).toBeIn({ client: 'FIN-WAIT-1', server: 'CLOSE-WAIT' });
    });
    await step('its ACK reaches the client', async () => {
      await wire.carry(server); // the kernel may take its time for it
      await expect(conn).toBeIn({ client: 'FIN-WAIT-2', server: 'CLOSE-WAIT' });
    });
    await step('the server closes, its FIN is held', async () => {
      await wire.hold(server);
      await ser.does(`
        recv 4 = 0
        close 4
      `);
      await expect(conn).toBeIn({ client: 'FIN-WAIT-2', server: 'LAST-ACK' });
    });
    await step('the FIN reaches the client', async () => {
      await wire.release(server);
      await expect(conn).toBeIn({ client: 'TIME-WAIT', server: 'LAST-ACK' });
    });
    await step('its ACK reaches the server', async () => {
      await wire.carry();
      await expect(conn).toBeIn({ client: 'TIME-WAIT', server: 'CLOSED' });
    });
    await expect(wire).toHaveCarriedOnly(
      conn,
      `client > server  S
       server > client  S.
       client > server  .
       client > server  F.  seq=c
       server > client  .   ack=c+1
       server > client  F.  seq=s  ack=c+1
       client > server  .   ack=s+1`,
    );
  },
);
