import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'listen',
    title: 'A server alone: LISTEN, a socket with a queue and without a peer',
    section: 'Opening',
    next: 'bind',
    explanation: `A server calls socket, bind and listen, and the last of them brings it from CLOSED to
      LISTEN: now it waits for whoever comes. That is no connection yet: the socket has no peer, a
      client knows nothing of it, and no segment is sent. In its place it has a queue for the
      connections that accept() will take, and ss shows how many wait there (Recv-Q) and how many
      listen() allowed (Send-Q). netstat -natp shows the same socket, but reads its Send-Q as that
      of a connection, octets sent and not acknowledged: 0. Without -a it shows connections only,
      and there is none. When its program ends, the kernel closes the socket.`,
    notice: `A listening socket is no connection: its peer is \`*\`, its Recv-Q counts connections
      that wait for accept(), its Send-Q is the backlog. Not one segment was sent.`,
    sources: [
      'seed 000, "程序中查看TCP的状态"; seed 004, "LISTEN"; seed 003, "3.TCP迁移状态"',
      'RFC 9293 3.3.2, 3.9.1.1; listen(2), netstat(8)',
      'net/ipv4/inet_connection_sock.c inet_csk_listen_start',
      'net/ipv4/tcp_diag.c tcp_diag_get_info, net/ipv4/tcp_ipv4.c get_tcp4_sock',
    ],
    shows: ['CLOSED -> LISTEN', 'LISTEN -> CLOSED'],
  },
  async ({ server, client, wire, step, expect }) => {
    await step('socket and bind do not make it listen, listen does', async () => {
      const ser = await server.shell(`
        socket             = 3
        bind 3 server:6000 = 0
      `);
      await expect(server.sockets()).toBe({});
      await ser.does('listen 3 5 = 0');
      await expect(server.listener()).toBeListening({ queued: 0, backlog: 5 });
      await ser.does('close 3 = 0');
      await expect(server.sockets()).toBe({});
    });
    const ser = await server.run('echo-server');
    await step('ser.c alone, as ss and as netstat show it', async () => {
      await expect(ser).toPrint('accept wait ......');
      await expect(server.sockets()).toBe({ LISTEN: 1 });
      await expect(server.listener()).toBeListening({ queued: 0, backlog: 5 });
      await expect(server.netstat()).toShow(
        `tcp  0  0  SERVER:6000  0.0.0.0:*  LISTEN  ${ser.pid}/node`,
      );
    });
    await step('no connection yet', async () => {
      await expect(server.netstat()).toCount({});
      await expect(client.sockets()).toBe({});
      await expect(wire).toHaveCarriedNo({ serverPort: 6000 });
    });
    await step('it ends with its program, and nobody is told', async () => {
      await ser.kill();
      await expect(server.sockets()).toBe({});
      await expect(wire).toHaveCarriedNo({ serverPort: 6000 });
    });
  },
);
