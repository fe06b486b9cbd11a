import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'simultaneous-open',
    title: 'Both sides connect and nobody listens: still one connection',
    section: 'Opening',
    next: 'syn-received-close',
    explanation: `Two programs connect to each other's port at the same time and their SYNs cross. To
      a socket in SYN-SENT, a SYN that acknowledges nothing says that the other side is opening
      too: it goes to SYN-RECEIVED and sends its own SYN again, with an ACK. What acknowledges that
      SYN makes it ESTABLISHED. One connection comes of it, not two, without listen() and accept().
      Here the SYNs are held, and the server's SYN+ACK is lost, so that both stand still in
      SYN-RECEIVED; the client's is acknowledged, which is enough for both. (Before Linux 6.11 and
      6.1.110 a SYN+ACK did not end SYN-RECEIVED: one more segment was needed.)`,
    notice: `Two SYNs crossed and made one connection, without listen() and without accept(). Each
      end went through SYN-SENT and SYN-RECEIVED.`,
    sources: [
      'seed 001, "4.3.其他状态迁移" and "5.RST，同时打开和同时关闭"',
      'RFC 9293 3.5 (figure 7)',
      'net/ipv4/tcp_input.c tcp_rcv_synsent_state_process, tcp_rcv_state_process',
    ],
    shows: ['CLOSED -> SYN-SENT', 'SYN-SENT -> SYN-RECEIVED', 'SYN-RECEIVED -> ESTABLISHED'],
    // The kernel counts on while the SYNs are held, and SYN-RECEIVED, which has fewer tries than SYN-SENT
    // (tcp_syn_linear_timeouts), would end at once: by default after 7 s.
    sysctls: { both: { 'net.ipv4.tcp_syn_retries': '60' } },
  },
  async ({ server, client, wire, step, expect }) => {
    const conn = wire.between(6000, 7000);
    const ser = await server.shell();
    const cli = await client.shell();
    await ser.does(`
      socket = 3
      bind 3 server:6000
    `);
    await cli.does(`
      socket = 3
      bind 3 client:7000
    `);
    await wire.hold();
    const opens = [ser.call('connect 3 client:7000'), cli.call('connect 3 server:6000')];

    await step('both have sent a SYN, which is held', async () => {
      await expect(server.end(conn)).toBeIn('SYN-SENT', { orphaned: false });
      await expect(client.end(conn)).toBeIn('SYN-SENT', { orphaned: false });
    });
    await step("the client's SYN reaches the server", async () => {
      await wire.release(client);
      await expect(server.end(conn)).toBeIn('SYN-RECEIVED', { orphaned: false });
      await expect(client.end(conn)).toBeIn('SYN-SENT');
      await expect(wire).toHold({ from: server, flags: 'S.' });
    });
    await step("the server's SYN reaches the client", async () => {
      await wire.drop({ to: client, flags: 'S.|.' });
      await wire.release(server);
      await expect(client.end(conn)).toBeIn('SYN-RECEIVED', { orphaned: false });
      await expect(server.end(conn)).toBeIn('SYN-RECEIVED');
    });
    await step("the client's SYN+ACK reaches the server, and is acknowledged", async () => {
      await wire.dropNothing(client);
      await wire.carry();
      await expect(conn).toBeIn({ server: 'ESTABLISHED', client: 'ESTABLISHED' });
      for (const open of opens) await expect(open).toReturn('0');
      for (const side of [server, client]) await expect(side.sockets()).toBe({ ESTABLISHED: 1 });
    });
    await expect(wire).toHaveCarriedOnly(
      conn,
      `client > server  S   seq=x
       server > client  S   seq=y
       server > client  S.  seq=y  ack=x+1
       client > server  S.  seq=x  ack=y+1`,
    );
  },
);
