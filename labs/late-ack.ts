import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'late-ack',
    title: 'An ACK that finds the accept queue full: one side is connected, the other is not',
    explanation: `Two SYNs reach a server that has room for one more connection, so both are answered
      by SYN+ACK. When the clients' ACKs come, the first takes the last place in the accept queue
      and the second is ignored: its client is ESTABLISHED, the server stays in SYN-RECEIVED and,
      as though the ACK had been lost, sends the SYN+ACK again. No reset is sent, unless
      tcp_abort_on_overflow asks for it.`,
    sources: [
      'seed 004, "Server不调用accept", note 2',
      'RFC 9293 3.5, 3.8.1',
      'net/ipv4/tcp_ipv4.c tcp_v4_syn_recv_sock, net/ipv4/tcp_minisocks.c tcp_check_req',
    ],
  },
  async ({ server, client, wire, step, expect }) => {
    const port = 10000;
    await server.run('never-accept-server', { port, backlog: 2 });

    await step('room for one more', async () => {
      for (const queued of [1, 2]) {
        await client.run('echo-client', { port });
        await expect(wire).connection();
        await expect(server.listener(port)).toBeListening({ queued, backlog: 2 });
      }
    });
    await step('two SYNs are answered; the answers are held', async () => {
      await wire.hold(server);
      await client.run('echo-client', { port });
      await client.run('echo-client', { port });
      await expect(client.sockets()).toBe({ ESTABLISHED: 2, 'SYN-SENT': 2 });
      await expect(server.sockets()).toBe({ LISTEN: 1, ESTABLISHED: 2, 'SYN-RECEIVED': 2 });
    });
    await step('the first ACK gets in, the second is ignored', async () => {
      await Promise.all([
        expect(wire).toStayWithout({ serverPort: port }, 'server > client  R|R.', { during: '1s' }),
        wire.carry(server),
      ]);
      await expect(client.sockets()).toBe({ ESTABLISHED: 4 });
      await expect(server.sockets()).toBe({ LISTEN: 1, ESTABLISHED: 3, 'SYN-RECEIVED': 1 });
      const half = await expect(server.sockets()).toShowNew('SYN-RECEIVED');
      await expect(wire).toHaveCarried(
        half,
        `client > server  S   seq=x                x1+
         server > client  S.  seq=y      ack=x+1   x1+
         client > server  .   seq=x+1    ack=y+1   x1+
         server > client  S.  seq=y      ack=x+1
         client > server  .   ack=y+1`,
        { repeats: true },
      );
      await expect(server.end(half)).toBeIn('SYN-RECEIVED', { owned: false });
      await expect(client.end(half)).toBeIn('ESTABLISHED', { owned: true });
      await expect(server.listener(port)).toBeListening({ queued: 3, backlog: 2 });
    });
  },
);
