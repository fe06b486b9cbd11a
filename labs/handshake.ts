import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'handshake',
    title: 'Three segments make a connection',
    section: 'Opening',
    next: 'listen',
    explanation: `The client's SYN, the server's SYN+ACK and the client's ACK are let through one
      at a time, so that every state on the way stands still long enough for ss to show it. Each
      side sends its own initial sequence number (x and y) and acknowledges the other's plus one,
      since a SYN takes one sequence number. Only the first segment carries no ACK: there is
      nothing yet to acknowledge. The client is ESTABLISHED after two segments, the server only
      after the third; none of the three is sent by a program: the kernels do it.`,
    notice: `The client is ESTABLISHED one segment before the server: its connect() has returned
      while the server is still in SYN-RECEIVED. If the last ACK were lost, only the client would
      think it is connected.`,
    sources: [
      'seed 002, "TCP 握手连接" and "TCP 握手c/s端状态"',
      'RFC 9293 3.5 (figure 6)',
      'net/ipv4/tcp_input.c tcp_rcv_synsent_state_process, net/ipv4/tcp_minisocks.c tcp_check_req',
    ],
    shows: [
      'CLOSED -> LISTEN',
      'CLOSED -> SYN-SENT',
      'LISTEN -> SYN-RECEIVED',
      'SYN-SENT -> ESTABLISHED',
      'SYN-RECEIVED -> ESTABLISHED',
    ],
    rtoMin: '10s',
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.run('echo-server');
    await expect(server.listener()).toBeListening({ queued: 0, backlog: 5 });
    await wire.hold();

    await client.run('echo-client');
    const conn = await expect(client.sockets()).toShowNew('SYN-SENT');
    await expect(server.sockets()).toBe({ LISTEN: 1 });

    await step('the SYN reaches the server', async () => {
      await wire.release(client);
      await expect(server.end(conn)).toBeIn('SYN-RECEIVED', { orphaned: true });
      await expect(client.end(conn)).toBeIn('SYN-SENT');
    });
    await step('the SYN+ACK reaches the client', async () => {
      await wire.release(server);
      await expect(client.end(conn)).toBeIn('ESTABLISHED');
      await expect(server.end(conn)).toBeIn('SYN-RECEIVED');
    });
    await step('the ACK reaches the server', async () => {
      await wire.carry();
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { orphaned: false });
      await expect(client.end(conn)).toBeIn('ESTABLISHED', { orphaned: false });
      await expect(ser).toPrint('accept c = 4');
    });
    await expect(wire).toHaveCarriedOnly(
      conn,
      `client > server  S   seq=x    mss
       server > client  S.  seq=y    ack=x+1  mss
       client > server  .   seq=x+1  ack=y+1  len=0`,
    );
  },
);
