import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'listen-connect',
    title: 'From LISTEN to SYN-SENT: in the figure, but not on Linux',
    section: 'Opening',
    next: 'backlog-full',
    explanation: `In the state diagram a listener may turn active: a SEND, or an OPEN that names the
      peer, takes it from LISTEN to SYN-SENT. The socket interface has no call for that: on a
      listening socket connect() fails with EISCONN and send() with EPIPE, and it listens on. A
      server that wants to open a connection, too, takes another socket. The way round leads through
      CLOSED: shutdown(SHUT_RD), of which a peer never hears, takes a listener out of LISTEN; the
      socket keeps its port, and then connect() works.`,
    notice: `The figure of RFC 9293 has an edge from LISTEN to SYN-SENT, the socket interface has
      no call for it: connect() on a listener fails with EISCONN.`,
    sources: [
      'seed 001, "4.3.其他状态迁移"',
      'RFC 9293 3.3.2 (figure 5), 3.10.1, 3.10.2; connect(2)',
      'net/ipv4/af_inet.c __inet_stream_connect, inet_shutdown; net/ipv4/tcp.c tcp_disconnect',
    ],
    shows: ['CLOSED -> LISTEN', 'LISTEN -> CLOSED', 'CLOSED -> SYN-SENT'],
    refutes: ['LISTEN -> SYN-SENT'],
  },
  async ({ server, client, wire, step, expect }) => {
    const conn = wire.between(6000, 7000);
    const ser = await server.shell();
    await client.run('echo-server', { address: client.address, port: 7000 });

    await step('the server listens', async () => {
      await ser.does(`
        socket = 3
        bind 3 server:6000
      `);
      await expect(server.sockets()).toBe({});
      await ser.does('listen 3 5');
      await expect(server.listener()).toBeListening({ queued: 0, backlog: 5 });
    });
    await step('it can neither connect nor send, and listens on', async () => {
      await ser.does(`
        connect 3 client:7000 = EISCONN
        send 3 "hello"        = EPIPE
      `);
      await expect(server.listener()).toBeListening({ queued: 0, backlog: 5 });
      await expect(client.sockets()).toBe({ LISTEN: 1 });
      await expect(wire).toHaveCarriedNo({ serverPort: 6000 });
    });
    await step('the way round: from LISTEN to CLOSED', async () => {
      await ser.does('shutdown 3 RD = 0');
      await expect(server.sockets()).toBe({});
    });
    await step('from CLOSED to SYN-SENT, from the same port', async () => {
      await wire.hold(server);
      const connected = ser.call('connect 3 client:7000');
      await expect(server.end(conn)).toBeIn('SYN-SENT', { orphaned: false });
      await wire.carry(server);
      await expect(connected).toReturn('0');
      await expect(conn).toBeIn({ server: 'ESTABLISHED', client: 'ESTABLISHED' });
    });
    await expect(wire).toHaveCarriedOnly(
      { serverPort: 6000 },
      `server > client  S   seq=x
       client > server  S.  seq=y    ack=x+1
       server > client  .   seq=x+1  ack=y+1`,
    );
  },
);
