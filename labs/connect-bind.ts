import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'connect-bind',
    title: 'A client that binds: its own address and port, one connection for each four-tuple',
    explanation: `A client that does not bind is given an address and a port by connect(): the kernel
      chooses from ip_local_port_range, here made two ports long, and takes even ones first (odd
      ones for bind to port 0). It may choose for itself with bind(), as a server does, an address
      of its own host only. A connection is told from all others by its four-tuple: both addresses,
      both ports. So one port may lead to two destinations, but the same four-tuple cannot exist
      twice: the connected socket answers EISCONN, another cannot bind there (EADDRINUSE), and if
      SO_REUSEADDR on both lets it, its connect fails with EADDRNOTAVAIL; no SYN is sent.`,
    sources: [
      'seed 004, "SYN_SENT"',
      'RFC 9293 3.3.1 (connection), 3.9.1.1 (OPEN); bind(2), connect(2), ip(7)',
      'net/ipv4/inet_hashtables.c __inet_hash_connect, __inet_check_established',
      'net/ipv4/inet_connection_sock.c inet_csk_get_port',
    ],
    sysctls: { client: { 'net.ipv4.ip_local_port_range': '40000 40001' } },
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.shell('socket = 3 \n bind 3 server:6000 \n listen 3 5');
    await ser.does('socket = 4 \n bind 4 server:6001 \n listen 4 5');
    const cli = await client.shell();

    await step('without bind the kernel chooses, one port for two destinations', async () => {
      await cli.does(`
        socket                    = 3
        connect 3 server:6000     = 0
        getsockname 3             = 0 client:40000
        socket                    = 4
        connect 4 server:6001     = 0
        getsockname 4             = 0 client:40000
        socket                    = 5
        bind 5 client:0           = 0
        getsockname 5             = 0 client:40001
      `);
      await ser.does('accept 3 = 5 client:40000 \n accept 4 = 6 client:40000');
    });
    const conn = wire.between(6000, 7000);
    await step('with bind the client does', async () => {
      await cli.does(`
        socket                    = 6
        bind 6 server:7000        = EADDRNOTAVAIL  # not an address of this host
        bind 6 client:7000        = 0
        connect 6 server:6000     = 0
      `);
      await ser.does('accept 3 = 7 client:7000');
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { owned: true });
      await expect(client.end(conn)).toBeIn('ESTABLISHED', { owned: true });
    });
    await step('the same four-tuple again, and another', async () => {
      await cli.does(`
        connect 6 server:6000     = EISCONN
        socket                    = 7
        bind 7 client:7000        = EADDRINUSE
        setsockopt 6 SO_REUSEADDR 1
        setsockopt 7 SO_REUSEADDR 1
        bind 7 client:7000        = 0
        connect 7 server:6000     = EADDRNOTAVAIL
        connect 7 server:6001     = 0              # another four-tuple
      `);
      await ser.does('accept 4 = 8 client:7000');
      await expect(client.end(conn)).toBeIn('ESTABLISHED');
      await expect(wire).toHaveCarriedOnly(
        conn,
        `client > server  S   seq=x
         server > client  S.  seq=y    ack=x+1
         client > server  .   seq=x+1  ack=y+1`,
        { repeats: true },
      );
    });
  },
);
