import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'self-connect',
    title: 'One socket connected to itself',
    section: 'Opening',
    next: 'listen-connect',
    notWalkable: 'one host talks to itself, and nothing crosses the wire',
    explanation: `A socket that is bound to a port and then connects to that very port sends a SYN which
      comes back to it. To TCP that is a simultaneous open in which both ends are the same: the
      socket goes from SYN-SENT through SYN-RECEIVED to ESTABLISHED, and what it sends it receives.
      No listener is needed. It happens by accident when a client connects again and again to a
      closed port in the ephemeral range and is given that port as its own. Closing is simultaneous
      too: its own FIN comes before the ACK of it, so it passes through CLOSING.`,
    notice: `There was one socket and no server, and yet a connection. A client that retries a
      closed local port long enough can get itself as its peer.`,
    sources: [
      'seed 001, "同时打开和同时关闭"',
      'RFC 9293 3.5 (figure 7), 3.6 (figure 13)',
      'net/ipv4/tcp_input.c tcp_rcv_synsent_state_process',
    ],
    loopback: true,
  },
  async ({ server, wire, step, expect }) => {
    const shell = await server.shell();
    await shell.does(`
      socket                  = 3
      bind 3 server:7000      = 0
      connect 3 server:7000   = 0
    `);
    const conn = await expect(server.sockets()).toShowNew('ESTABLISHED');
    await step('it hears itself', async () => {
      await shell.does(`
        getpeername 3  = 0 server:7000
        send 3 "hello" = 5
        recv 3         = 5 "hello"
      `);
      await expect(server.sockets()).toBe({ ESTABLISHED: 1 });
    });
    await step('it closes with itself', async () => {
      await shell.does('shutdown 3 WR');
      await expect(server.end(conn)).toBeIn('TIME-WAIT');
      await shell.does('recv 3 = 0');
    });
    await expect(wire).toHaveCarriedOnly(
      conn,
      `server > server  S   seq=x
       server > server  S.  seq=x    ack=x+1
       server > server  .   ack=x+1
       server > server  P.  seq=x+1  len=5
       server > server  .   ack=x+6
       server > server  F.  seq=x+6
       server > server  .   ack=x+7`,
      { repeats: true },
    );
  },
);
