import { lab, told } from '../harness/index.ts';

export default lab(
  {
    name: 'backlog-sizes',
    title: 'listen(0), listen(1), listen(5), listen(-1): how many get in',
    section: 'The queue',
    next: 'slow-accept',
    explanation: `The number given to listen() limits the accept queue. The kernel asks whether the
      queue is longer than that, not whether it is as long, so listen(n) lets in n+1, and listen(0)
      is enough for one. No number counts for more than net.core.somaxconn (8 here; by default 4096,
      before Linux 5.4 128): -1, to the kernel the largest of all, means just that. The next client
      stays in SYN-SENT. Traditional BSD let in X*3/2+1, so eight for listen(5), and counted
      half-made connections among them; Linux has counted those apart since 2.2.`,
    notice: `listen(n) lets n+1 connections in, and no n counts for more than net.core.somaxconn.`,
    sources: [
      'seed 004, "listen方法中的传参" and "Server不调用accept", note 1',
      'listen(2), NOTES; RFC 9293 3.8.1',
      'include/net/sock.h sk_acceptq_is_full, net/socket.c __sys_listen',
    ],
    sysctls: { server: { 'net.core.somaxconn': '8' } },
  },
  async ({ server, client, wire, step, expect }) => {
    const [ser, cli] = [await server.shell(), await client.shell()];
    const somaxconn = Number(server.sysctl('net.core.somaxconn'));

    for (const given of [0, 1, 5, -1]) {
      const backlog = given === -1 ? somaxconn : given;
      const port = 6000 + backlog;
      await step(told('listen({n}): {m} get in', { n: given, m: backlog + 1 }), async () => {
        const [fd = ''] = await ser.does('socket');
        await ser.does(`
          bind ${fd} server:${port}
          listen ${fd} ${given} = 0
        `);
        for (let n = 0; n <= backlog; n++) await cli.connecting(`server:${port}`);
        await expect(server.listener(port)).toBeListening({ queued: backlog + 1, backlog });
        await cli.connecting(`server:${port}`);
        const outside = await expect(client.sockets(port)).toShowNew('SYN-SENT');
        await expect(client.sockets(port)).toBe({ ESTABLISHED: backlog + 1, 'SYN-SENT': 1 });
        await expect(server.sockets(port)).toBe({ LISTEN: 1, ESTABLISHED: backlog + 1 });
        const silence = 'client > server  S  seq=x  x1+';
        await expect(wire).toHaveCarriedOnly(outside, silence, { repeats: true });
      });
    }
  },
);
