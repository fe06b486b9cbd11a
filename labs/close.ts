import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'close',
    title: 'Four segments end a connection',
    explanation: `The client has nothing more to say and closes; the server does so later. Each side
      sends a FIN of its own and has it acknowledged, since each direction is closed for itself. The
      kernel acknowledges a FIN without being asked; the other FIN goes out when the program there
      calls close(). Every segment is held until the states that it will end have been seen. The
      client, which closes first, goes through FIN-WAIT-1 and FIN-WAIT-2 to TIME-WAIT, the server
      through CLOSE-WAIT and LAST-ACK to CLOSED. After close() no process has the socket any more,
      and the kernel does the rest alone.`,
    sources: [
      'seed 000, "状态转移"; seed 001, "2.结束连接", "4.1" and "4.2"; seed 002, "TCP 挥手断连"',
      'seed 003, "2.TCP断开连接,四次挥手"; seed 004, "结束连接的四次握手"',
      'RFC 9293 3.6 (figure 12)',
      'net/ipv4/tcp.c tcp_close, net/ipv4/tcp_input.c tcp_fin, tcp_rcv_state_process',
    ],
    shows: [
      'ESTABLISHED -> FIN-WAIT-1',
      'ESTABLISHED -> CLOSE-WAIT',
      'FIN-WAIT-1 -> FIN-WAIT-2',
      'CLOSE-WAIT -> LAST-ACK',
      'FIN-WAIT-2 -> TIME-WAIT',
      'LAST-ACK -> CLOSED',
    ],
    rtoMin: '10s',
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.shell();
    await ser.does(`
      socket              = 3
      bind 3 server:6000
      listen 3 5
    `);
    const cli = await client.run('echo-client');
    await ser.does('accept 3 = 4');
    const conn = await expect(wire).connection();
    await wire.hold();

    await step('the client closes', async () => {
      await cli.type('end');
      await expect(client.end(conn)).toBeIn('FIN-WAIT-1', { sendQ: 1, owned: false });
      await expect(server.end(conn)).toBeIn('ESTABLISHED');
    });
    await step('its FIN reaches the server', async () => {
      await wire.release(client);
      await expect(server.end(conn)).toBeIn('CLOSE-WAIT', { recvQ: 1, owned: true });
      await expect(client.end(conn)).toBeIn('FIN-WAIT-1');
    });
    await step('the ACK of it reaches the client', async () => {
      await wire.carry(server); // the kernel may take its time for it
      await expect(client.end(conn)).toBeIn('FIN-WAIT-2', { owned: false });
      await expect(server.end(conn)).toBeIn('CLOSE-WAIT', { owned: true });
    });
    await step('the server closes', async () => {
      await wire.hold(server);
      await ser.does(`
        recv 4    = 0
        close 4   = 0
      `);
      await expect(server.end(conn)).toBeIn('LAST-ACK', { sendQ: 1, owned: false });
      await expect(client.end(conn)).toBeIn('FIN-WAIT-2');
    });
    await step('its FIN reaches the client', async () => {
      await wire.release(server);
      await expect(client.end(conn)).toBeIn('TIME-WAIT', { owned: false });
      await expect(server.end(conn)).toBeIn('LAST-ACK');
    });
    await step('the ACK of it reaches the server', async () => {
      await wire.carry();
      await expect(server.end(conn)).toBeGone();
      await expect(server.sockets()).toBe({ LISTEN: 1 });
      await expect(client.sockets()).toBe({ 'TIME-WAIT': 1 });
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
