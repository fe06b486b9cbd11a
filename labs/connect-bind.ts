import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'connect-bind',
    title: 'A client that binds: its own address and port, one connection for each four-tuple',
    section: 'Opening',
    next: 'mss',
    explanation: `A client that does not bind is given an address and a port by connect(), one of
      ip_local_port_range (here two, even ones first). It may choose for itself with bind(). A
      connection is told from all others by both addresses and both ports: one port may lead to two
      destinations, but no four-tuple exists twice. The connected socket answers EISCONN, another
      cannot bind there, and if SO_REUSEADDR on both lets it, its connect fails; no SYN is sent.`,
    notice: `The same client port led to two destinations at once. What must be unique is the
      four-tuple: both addresses and both ports.`,
    sources: [
      'seed 004, "SYN_SENT"; RFC 9293 3.3.1 (connection), 3.9.1.1 (OPEN); bind(2), connect(2), ip(7)',
      'net/ipv4/inet_hashtables.c __inet_hash_connect, __inet_check_established',
    ],
    sysctls: { client: { 'net.ipv4.ip_local_port_range': '40000 40001' } },
  },
  async ({ server, client, wire, step, expect }) => {
    const [ser, cli] = [await server.shell(), await client.shell()];
    await ser.does(`
      socket = 3
      bind 3 server:6000
      listen 3 5
    `);
    await ser.does(`
      socket = 4
      bind 4 server:6001
      listen 4 5
    `);
    await step('without bind the kernel chooses, one port for two destinations', async () => {
      await cli.does(`
        socket                    = 3
        socket                    = 4
        connect 3 server:6000     = 0
        connect 4 server:6001     = 0
      `);
      await ser.does(`
        accept 3 = 5 client:40000
        accept 4 = 6 client:40000
      `);
    });
    const conn = wire.between(6000, 7000);
    await step('with bind the client chooses', async () => {
      await cli.does(`
        socket                    = 5
        bind 5 server:7000        = EADDRNOTAVAIL  # not an address of this host
        bind 5 client:7000        = 0
        connect 5 server:6000     = 0
      `);
      await ser.does('accept 3 = 7 client:7000');
      await expect(conn).toBeIn({ server: 'ESTABLISHED', client: 'ESTABLISHED' });
    });
    await step('the same four-tuple again, and another', async () => {
      await cli.does(`
        connect 5 server:6000     = EISCONN
        socket                    = 6
        bind 6 client:7000        = EADDRINUSE
        setsockopt 5 SO_REUSEADDR 1
        setsockopt 6 SO_REUSEADDR 1
        bind 6 client:7000        = 0
        connect 6 server:6000     = EADDRNOTAVAIL
        connect 6 server:6001     = 0              # another four-tuple
      `);
      await expect(wire).toHaveCarriedOnly(
        conn,
        `client > server  S
         server > client  S.
         client > server  .`,
      );
    });
  },
);
