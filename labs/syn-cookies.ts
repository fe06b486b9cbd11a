import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'syn-cookies',
    title: 'A SYN flood: the SYN queue full, with cookies and without',
    section: 'The queue',
    next: 'close',
    notWalkable: 'it floods the server with SYNs',
    explanation: `Twenty SYNs are injected; the resets of a kernel that knows nothing of them are
      lost on purpose, as though nobody were there. After listen(8) the server keeps half-made
      connections for eight (nine since Linux 6.13) and sends their SYN+ACK again. The others it
      answers and forgets: what it would have to remember is in the sequence number of the
      SYN+ACK, the cookie. A real client acknowledges it, and is connected by that ACK alone. On
      the other host tcp_syncookies is off: there what the queue does not take is dropped, real
      clients included.`,
    notice: `Twenty SYNs were answered although the SYN queue has room for no more than nine. What
      the server did not remember came back in the client's ACK, which alone made the connection.`,
    sources: [
      'RFC 4987 3.6, RFC 9293 3.10.7.2',
      'net/ipv4/tcp_input.c tcp_conn_request, net/ipv4/syncookies.c cookie_v4_check',
    ],
    sysctls: { client: { 'net.ipv4.tcp_syncookies': '0' } },
    shows: ['LISTEN -> SYN-RECEIVED', 'SYN-SENT -> ESTABLISHED'],
  },
  async ({ server, client, wire, step, expect }) => {
    const [ser, cli] = [await server.shell(), await client.shell()];
    const SYN = 'S seq=1 mss=1460';
    const ports = Array.from({ length: 20 }, (_, n) => 7001 + n);
    const census = { LISTEN: 1, 'SYN-RECEIVED': { least: 8, most: 9 } };
    for (const to of [server, client]) await wire.drop({ to, flags: 'R' });
    const answered = `
      client > server S
      server > client S. ack=2
      client > server R seq=2
    `;
    await step('with cookies all are answered', async () => {
      await ser.does(`
        socket = 3
        bind 3 server:6000
        listen 3 8
      `);
      await Promise.all(ports.map((port) => client.inject(wire.between(6000, port), SYN)));
      await expect(wire).toHaveCarried(wire.between(6000, 7020), answered);
      const { 'SYN-RECEIVED': queued = 0 } = await expect(server.sockets()).toBe(census);
      await expect(server.counter('TcpExtTCPReqQFullDoCookies')).toBe(ports.length - queued);
      // The second begins with the SYN+ACK, and not when its reset comes.
      const again = `
        server > client S. ack=2
        ...
        +1s server > client S. ack=2
      `;
      await expect(wire).toHaveCarried(wire.between(6000, 7001), again, { repeats: true });
    });
    // A queue that is full gives up what is in it after 7 s (net/ipv4/inet_connection_sock.c,
    // reqsk_timer_handler): the client's SYN waits until another has been filled, and goes right behind.
    await step('a real client is let in by its cookie', async () => {
      await ser.does(`
        socket = 4
        bind 4 server:6002
        listen 4 8
      `);
      await wire.hold(client);
      await cli.connecting('server:6002');
      const conn = await expect(client.sockets()).toShowNew('SYN-SENT');
      await Promise.all(ports.map((port) => client.inject(wire.between(6002, port), SYN)));
      await wire.letGo({ from: client, of: conn });
      await expect(client.end(conn)).toBeIn('ESTABLISHED');
      await expect(server.end(conn)).toBeGone();
      await wire.carry(client);
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { orphaned: true });
    });
    await step('without cookies the rest get no answer', async () => {
      await cli.does(`
        socket = 4
        bind 4 client:6001
        listen 4 8
      `);
      await wire.hold(server);
      await ser.connecting('client:6001');
      const conn = await expect(server.sockets()).toShowNew('SYN-SENT');
      await Promise.all(ports.map((port) => server.inject(wire.between(port, 6001), SYN)));
      await wire.letGo({ from: server, of: conn });
      await expect(wire).toHaveCarried(conn, 'server > client S');
      await expect(wire).toHaveCarriedOnly(wire.between(7020, 6001), 'server > client S');
      const { 'SYN-RECEIVED': queued = 0 } = await expect(client.sockets(6001)).toBe(census);
      await expect(client.counter('TcpExtTCPReqQFullDrop')).toBe(ports.length - queued + 1);
      await expect(wire).toHaveCarriedNo(conn, 'client > server *');
    });
    // A second has passed: the server would have sent it again, had it not forgotten.
    await expect(wire).toHaveCarriedOnly(wire.between(6000, 7020), answered, { repeats: true });
  },
);
