import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'time-wait-flood',
    title: 'TIME-WAITs by the thousand: in the way of the next connection',
    section: 'TIME-WAIT',
    next: 'socket-census',
    notWalkable: 'it makes connections by the thousand',
    explanation: `A client connects and closes, again and again. It closes first, so each connection
      leaves a TIME-WAIT that keeps its port from the next one to the same server for a minute. When
      all ports that the kernel may choose from are taken (250 here, 28232 by default), connect()
      fails with EADDRNOTAVAIL at once; nothing is sent. What is taken are both addresses and ports
      together: to another port of the server the same 250 can be used, and so on for eight ports of
      the server, or for as many as this machine can serve in 20 s: none of the old ones is free by
      then. The server, which closed last, has no trace of it all. What helps: connections kept open,
      the other side closing first, more ports or addresses. (tcp_rfc1337=1: no reset ends a
      TIME-WAIT early.)`,
    notice: `It was the client that ran out, of ports towards one destination; to another port of
      the server the same ports could be used. The server, which closed last, had no trace of it.`,
    sources: [
      'seed 003, "5.用于统计当前各种状态的连接的数量的命令"; seed 004, "多说几句TIME_WAIT"',
      'RFC 9293 3.6.1; ip(7) ip_local_port_range; net/ipv4/inet_hashtables.c __inet_hash_connect',
    ],
    sysctls: {
      client: { 'net.ipv4.ip_local_port_range': '30000 30249', 'net.ipv4.tcp_rfc1337': '1' },
    },
  },
  async ({ server, client, wire, step, expect }) => {
    const PORTS = 250;
    for (let port = 6000; port <= 6007; port++) await server.run('echo-server', { port });
    const other = await server.run('echo-server', { port: 7000 });
    const began = await expect(other).toPrint('accept wait ......');

    /** Until connect() fails; the value: when, ns since the run began. */
    const flood = async (port: number): Promise<number> => {
      const program = await client.run('flood-client', { port });
      await expect(program).toFailWith('EADDRNOTAVAIL', { call: 'connect', within: '60s' });
      return expect(program).toPrint(`made ${PORTS}`);
    };
    let done = 0;
    await step('connect and close, until connect fails', async () => {
      done = await flood(6000);
      await expect(client.counter('TcpActiveOpens')).toBe(PORTS); // for the one that fails, no SYN
      await expect(client.sockets()).toBe({ 'TIME-WAIT': PORTS });
      const closing = `
        client > server F.
        ...
        server > client F.
        client > server .
      `;
      await expect(wire).toHaveCarried(wire.between(6000, 30000), closing);
    });
    await step('to another port of the server', async () => {
      await client.run('echo-client', { port: 7000 });
      const conn = await expect(wire).connection();
      await expect(client.end(conn)).toBeIn('ESTABLISHED');
      await expect(client.sockets()).toBe({ ESTABLISHED: 1, 'TIME-WAIT': PORTS });
    });
    let made = PORTS;
    await step('and again to the next, as often as this machine can in 20 s', async () => {
      for (let port = 6001; port <= 6007 && done - began < 20e9; port++) {
        done = await flood(port);
        made += PORTS;
      }
      await expect(client.sockets()).toBe({ ESTABLISHED: 1, 'TIME-WAIT': made });
      await expect(client.netstat()).toCount({ ESTABLISHED: 1, 'TIME-WAIT': made });
      await expect(server.sockets()).toBe({ LISTEN: 9, ESTABLISHED: 1 });
      await expect(client.counter('TcpActiveOpens')).toBe(made + 1);
    });
  },
);
