import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'syn-received-close',
    title: 'Closed before it was open: from SYN-RECEIVED to FIN-WAIT-1',
    section: 'Opening',
    next: 'self-connect',
    explanation: `A connection can be closed before it is ESTABLISHED: the FIN follows right behind the
      SYN+ACK. In a passive open no program can do that, since the kernel hands out a socket only
      when the handshake is complete. In a simultaneous open it can: the socket is its own all the
      time, and here it stands in SYN-RECEIVED, the SYN+ACK being held, when it calls close(). The
      client then gets SYN, SYN+ACK and FIN in one go. Its connect() succeeds, its recv() returns 0
      at once, and to it that was a connection like any other.`,
    notice: `The server went from SYN-RECEIVED straight to FIN-WAIT-1, without ever being
      ESTABLISHED. To the client it was a connection like any other.`,
    sources: [
      'seed 001, "4.3.其他状态迁移"',
      'RFC 9293 3.3.2 (figure 5), 3.10.4',
      'net/ipv4/tcp.c __tcp_close, tcp_close_state',
    ],
    shows: ['SYN-RECEIVED -> FIN-WAIT-1', 'FIN-WAIT-1 -> FIN-WAIT-2'],
  },
  async ({ server, client, wire, step, expect }) => {
    const conn = wire.between(6000, 7000);
    const ser = await server.shell();
    const cli = await client.shell();
    await ser.does(`
      socket = 3
      bind 3 server:6000
      nonblock 3
    `);
    await cli.does(`
      socket = 3
      bind 3 client:7000
    `);
    await wire.hold();
    const connected = cli.call('connect 3 server:6000');
    await expect(client.end(conn)).toBeIn('SYN-SENT', { orphaned: false });

    // A second after its connect() it would send its SYN again, and the FIN only after an answer.
    await step("the client's SYN meets the server's", async () => {
      await ser.does('connect 3 client:7000 = EINPROGRESS');
      await wire.release(client);
      await expect(server.end(conn)).toBeIn('SYN-RECEIVED', { orphaned: false });
    });
    await step('the server closes', async () => {
      await ser.does('close 3 = 0');
      await expect(server.end(conn)).toBeIn('FIN-WAIT-1', { orphaned: true });
      await expect(client.end(conn)).toBeIn('SYN-SENT');
    });
    await step('all that it has sent reaches the client, and is acknowledged', async () => {
      await wire.carry(server);
      await wire.carry(client);
      await expect(client.end(conn)).toBeIn('CLOSE-WAIT', { orphaned: false });
      await expect(server.end(conn)).toBeIn('FIN-WAIT-2', { orphaned: true });
      await expect(connected).toReturn('0');
      await cli.does('recv 3 = 0');
    });
    await expect(wire).toHaveCarriedOnly(
      conn,
      `client > server  S   seq=x
       server > client  S   seq=y
       server > client  S.  seq=y    ack=x+1
       ...
       server > client  F.  seq=y+1  ack=x+1
       ...
       client > server  .   seq=x+1  ack=y+2`,
    );
  },
);
