import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'bind',
    title: 'bind takes a port, listen opens it',
    section: 'Opening',
    next: 'sockets',
    explanation: `bind() gives a socket its address and port and nothing else: no segment is sent
      and nobody can connect, a SYN to the port is answered by a reset. listen() makes it a LISTEN
      socket; from then on the kernel completes handshakes, with or without accept(). Port 0 lets
      the kernel choose, 0.0.0.0 takes every address of the host, and listen() on a socket that
      was never bound does both. For each reason to refuse, bind() has an errno of its own.`,
    notice: `After bind() the port is taken, but a SYN to it is still answered by a reset. Only
      listen() opens it.`,
    sources: [
      'seed 000, "程序中查看TCP的状态" (ser.c); seed 004, "LISTEN" and "bind中的PORT"',
      'RFC 9293 3.9.1.1 (OPEN), 3.10.7.1; bind(2), listen(2), ip(7)',
      'net/ipv4/af_inet.c __inet_bind, net/ipv4/inet_connection_sock.c inet_csk_listen_start',
    ],
    shows: ['CLOSED -> LISTEN'],
  },
  async ({ server, client, wire, step, expect }) => {
    const [ser, cli] = [await server.shell('socket = 3'), await client.shell('socket = 3')];
    await step('bound is not LISTEN', async () => {
      await ser.does('bind 3 server:6000 = 0');
      await expect(server.sockets()).toBe({});
      await cli.does('connect 3 server:6000 = ECONNREFUSED');
      const refused = `
        client > server S seq=x
        server > client R. seq=0 ack=x+1 win=0
      `;
      await expect(wire).toHaveCarriedOnly({ serverPort: 6000 }, refused);
    });
    await step('listen opens it', async () => {
      await ser.does('listen 3 5 = 0');
      await expect(server.listener(6000)).toBeListening({ queued: 0, backlog: 5 });
      await cli.does(`
        socket                = 4
        connect 4 server:6000 = 0
      `);
      const conn = await expect(wire).connection();
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { orphaned: true });
      const opened = `
        client > server S seq=x
        server > client S. ack=x+1
        client > server .
      `;
      await expect(wire).toHaveCarriedOnly(conn, opened);
    });
    await step('port 0: the kernel chooses; not even bound: any address as well', async () => {
      await ser.does(`
        socket = 4
        bind 4 server:0
        listen 4 1
        socket = 5
        listen 5 1
      `);
      await ser.does(`
        getsockname 4 = 0 server:N
        getsockname 5 = 0 0.0.0.0:N
      `);
      await expect(server.sockets()).toBe({ LISTEN: 3, ESTABLISHED: 1 });
    });
    await step('what bind refuses', async () => {
      await ser.does(`
        bind 3 0.0.0.0:6001   = EINVAL         # it is bound already
        socket                = 6
        bind 6 server:6000    = EADDRINUSE
        bind 6 0.0.0.0:6000   = EADDRINUSE     # that would take it too
        bind 6 client:6001    = EADDRNOTAVAIL  # not this host's
        bind 6 server:80      = EACCES         # net.ipv4.ip_unprivileged_port_start
        bind 6 0.0.0.0:6001   = 0              # it was never bound by all that
      `);
    });
    await step('0.0.0.0: every address, those inside the host too', async () => {
      await ser.does(`
        listen 6 1 = 0
        socket     = 7
      `);
      await cli.does(`
        socket                = 5
        connect 5 server:6001 = 0
      `);
      await ser.does(`
        connect 7 127.0.0.1:6000 = ECONNREFUSED
        connect 7 127.0.0.1:6001 = 0
      `);
      await expect(server.listener(6001)).toBeListening({ queued: 2 });
    });
  },
);
