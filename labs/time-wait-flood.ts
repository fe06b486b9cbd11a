import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'time-wait-flood',
    title: 'Two thousand TIME-WAITs: in the way of the next connection',
    section: 'TIME-WAIT',
    next: 'socket-census',
    notWalkable: 'it has two thousand connections',
    explanation: `A client connects and closes, again and again. It closes first, so each connection
      leaves a TIME-WAIT that keeps its port from the next one to the same server for a minute. When
      all ports that the kernel may choose from are taken (2000 here, 28232 by default), connect()
      fails with EADDRNOTAVAIL at once; nothing is sent. What is taken are both addresses and ports
      together: to another port of the server the same ports can be used. The server, which closed
      last, has no trace of it all. What helps: connections kept open, the other side closing
      first, more ports or addresses. (tcp_rfc1337=1: no reset ends a TIME-WAIT early.)`,
    notice: `It was the client that ran out, of ports towards one destination; to another port of
      the server the same ports could be used. The server, which closed last, had no trace of it.`,
    sources: [
      'seed 003, "5.用于统计当前各种状态的连接的数量的命令"; seed 004, "多说几句TIME_WAIT"',
      'RFC 9293 3.6.1; ip(7) ip_local_port_range; net/ipv4/inet_hashtables.c __inet_hash_connect',
    ],
    sysctls: {
      client: { 'net.ipv4.ip_local_port_range': '30000 31999', 'net.ipv4.tcp_rfc1337': '1' },
    },
  },
  async ({ server, client, wire, step, expect }) => {
    await server.run('echo-server');
    await step('connect and close, until connect fails', async () => {
      const flood = await client.run('flood-client');
      await expect(flood).toFailWith('EADDRNOTAVAIL', { call: 'connect', within: '60s' });
      await expect(flood).toPrint('made 2000');
      await expect(client.sockets()).toBe({ 'TIME-WAIT': 2000 }, { within: '60s' });
      await expect(client.netstat()).toCount({ 'TIME-WAIT': 2000 });
      await expect(server.sockets()).toBe({ LISTEN: 1 });
      const closing = `
        client > server F.
        ...
        server > client F.
        client > server .
      `;
      await expect(wire).toHaveCarried(wire.between(6000, 30000), closing);
      await expect(client.counter('TcpActiveOpens')).toBe(2000); // for the one that fails, no SYN
    });
    await step('to another port of the server', async () => {
      await server.run('echo-server', { port: 6001 });
      await client.run('echo-client', { port: 6001 });
      const conn = await expect(wire).connection();
      await expect(client.end(conn)).toBeIn('ESTABLISHED');
      await expect(client.sockets()).toBe({ ESTABLISHED: 1, 'TIME-WAIT': 2000 });
    });
  },
);
