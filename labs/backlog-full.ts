import { lab, told } from '../harness/index.ts';

export default lab(
  {
    name: 'backlog-full',
    title: 'A full accept queue: SYNs get no answer',
    section: 'The queue',
    next: 'backlog-sizes',
    notWalkable: 'it measures when SYNs are sent again',
    explanation: `The server calls listen(1) and never accept(). The kernel completes handshakes on its
      own and queues the connections: two, since the queue may be one longer than
      listen() was told. Further SYNs are dropped and not answered, so their clients
      stay in SYN-SENT and send the same SYN again until they give up. Their sockets do
      not block: connect() has long returned (EINPROGRESS), and recv() reports how it
      ended, ETIMEDOUT. On the server ss shows only that the queue is full (the
      listener's Recv-Q is 2, above Send-Q 1); the counters ListenOverflows and
      ListenDrops count each SYN that was dropped. tcp_syn_retries, 2 here, sets when
      they give up: after 1 + 2 + 4 = 7 s; with the default, 6, after 127 s or a little
      more. How many SYNs they send meanwhile is another setting: since Linux 6.5 the
      first four repetitions come after 1 s each (tcp_syn_linear_timeouts).`,
    notice: `The server answered nothing, not even with a reset: from the client's side a full queue
      looks just like a host that is down. On the server only Recv-Q and the counters
      tell.`,
    sources: [
      'seed 004, "Server不调用accept" and "listen方法中的传参"',
      'RFC 9293 3.8.1, RFC 6298 2.1',
      'include/net/sock.h sk_acceptq_is_full, net/ipv4/tcp_input.c tcp_conn_request',
      'net/ipv4/tcp_timer.c tcp_write_timeout',
    ],
    sysctls: { client: { 'net.ipv4.tcp_syn_retries': '2' } },
    shows: ['CLOSED -> LISTEN', 'CLOSED -> SYN-SENT', 'SYN-SENT -> CLOSED (timeout)'],
    waits: { always: '7s' },
  },
  async ({ server, client, wire, step, expect }) => {
    const port = 10000;
    await server.run('never-accept-server', { port, backlog: 1 });
    const cli = await client.shell();
    await step('two clients get in: one more than listen(1) says', async () => {
      for (const queued of [1, 2]) {
        await cli.connecting(`server:${port}`);
        const conn = await expect(wire).connection();
        await expect(server.end(conn)).toBeIn('ESTABLISHED', { orphaned: true });
        await expect(server.listener(port)).toBeListening({ queued, backlog: 1 });
      }
    });
    const { sent, failsAfter } = client.synSchedule;
    const times = { n: sent.length, time: failsAfter };
    const title = 'three more get no answer: {n} SYNs each within {time} s, then they give up';
    await step(told(title, times), async () => {
      const waiting = [5, 6, 7].map((fd) => ({ fd, conn: wire.between(port, 7000 + fd) }));
      for (const { fd, conn } of waiting)
        await cli.does(`
          socket = ${fd}
          bind ${fd} client:${conn.client.port}
          nonblock ${fd}
        `);
      // At once: they have no more than 7 s to be looked at.
      await cli.doesAtOnce(waiting.map(({ fd }) => `connect ${fd} server:${port} = EINPROGRESS`));
      await Promise.all([
        expect(client.netstat(port)).toCount({ ESTABLISHED: 2, 'SYN-SENT': 3 }),
        expect(server.netstat(port)).toCount({ ESTABLISHED: 2 }),
      ]);
      const again = client.synSchedule.gaps.map((gap) => `+${gap}s  client > server  S  seq=x`);
      const syns = ['client > server  S  seq=x', ...again];
      for (const { fd, conn } of waiting) {
        await expect(client.end(conn)).toBeGone({ within: '15s' });
        await cli.does(`recv ${fd} = ETIMEDOUT`);
        await expect(wire).toHaveCarriedOnly(conn, syns, { repeats: true });
      }
    });
    const dropped = 3 * client.synSchedule.sent.length;
    await step('the server sent nothing; it only counted', async () => {
      await expect(client.sockets()).toBe({ ESTABLISHED: 2 });
      await expect(server.sockets()).toBe({ LISTEN: 1, ESTABLISHED: 2 });
      await expect(wire).toHaveCarriedNo({ serverPort: port }, 'server > client  R|R.');
      await expect(server.counter('TcpExtListenOverflows')).toBe(dropped);
      await expect(server.counter('TcpExtListenDrops')).toBe(dropped);
    });
  },
);
