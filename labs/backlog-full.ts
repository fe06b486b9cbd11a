import { lab, type Connection, type Program } from '../harness/index.ts';

export default lab(
  {
    name: 'backlog-full',
    title: 'A full accept queue: SYNs meet silence',
    explanation: `The server calls listen(1) and never accept(). The kernel completes handshakes on
      its own and queues the connections: two, since the queue may be one longer than listen() was
      told. Further SYNs are dropped without a word, not even a reset, so their clients stay in
      SYN-SENT and send the same SYN again and again until connect() gives up with ETIMEDOUT. The
      server's sockets show nothing of them, only its counters do.`,
    sources: [
      'seed 004, "Server不调用accept" and "listen方法中的传参"',
      'RFC 9293 3.8.1, RFC 6298 2.1',
      'include/net/sock.h sk_acceptq_is_full, net/ipv4/tcp_input.c tcp_conn_request',
      'net/ipv4/tcp_timer.c tcp_write_timeout',
    ],
    // The default, 6, takes more than two minutes.
    sysctls: { client: { 'net.ipv4.tcp_syn_retries': '2' } },
    waits: { always: '7s' },
  },
  async ({ server, client, wire, step, expect }) => {
    const port = 10000;
    await server.run('never-accept-server', { port, backlog: 1 });

    await step('two clients get in: one more than listen was told', async () => {
      for (const queued of [1, 2]) {
        await client.run('echo-client', { port });
        const conn = await expect(wire).connection();
        await expect(server.end(conn)).toBeIn('ESTABLISHED', { owned: false });
        await expect(server.listener(port)).toBeListening({ queued, backlog: 1 });
      }
    });

    const refused: { program: Program; conn: Connection }[] = [];
    await step('three more meet silence', async () => {
      for (let i = 0; i < 3; i++) {
        const program = await client.run('echo-client', { port });
        const conn = await expect(client.sockets()).toShowNew('SYN-SENT');
        refused.push({ program, conn });
      }
      await expect(client.sockets()).toBe({ ESTABLISHED: 2, 'SYN-SENT': 3 });
      await expect(server.sockets()).toBe({ LISTEN: 1, ESTABLISHED: 2 });
    });

    const { gaps, failsAfter } = client.synSchedule;
    const again = gaps.map((gap) => `+${gap}s  client > server  S  seq=x`);
    let dropped = 0;
    await step('each sends its SYN on schedule, then gives up', async () => {
      for (const { program, conn } of refused) {
        const after = { after: `${failsAfter}s`, within: `${failsAfter + 10}s` };
        await expect(program).toFailWith('ETIMEDOUT', after);
        const pattern = ['client > server  S  seq=x', ...again].join('\n');
        const { segments } = await expect(wire).toHaveCarriedOnly(conn, pattern, { repeats: true });
        dropped += segments;
      }
    });

    await step('the server has not said a word, only counted', async () => {
      await expect(client.sockets()).toBe({ ESTABLISHED: 2 });
      await expect(server.sockets()).toBe({ LISTEN: 1, ESTABLISHED: 2 });
      await expect(wire).toHaveCarriedNo({ serverPort: port }, 'server > client  R|R.');
      await expect(server.counter('TcpExtListenOverflows')).toBe(dropped);
      await expect(server.counter('TcpExtListenDrops')).toBe(dropped);
    });
  },
);
