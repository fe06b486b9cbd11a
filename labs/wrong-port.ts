import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'wrong-port',
    title: 'Nobody listens there: a SYN is answered by a reset',
    section: 'Opening',
    next: 'connect-bind',
    explanation: `The server listens on port 6000, the client connects to 6001. No socket takes
      the SYN, so the server's kernel, not a program, answers with RST+ACK: sequence number 0,
      acknowledging the SYN, no window. Until it comes (it is held a moment) the client is in
      SYN-SENT; then connect() fails at once with ECONNREFUSED and neither host keeps any state.`,
    notice: `The reset comes from the server's kernel, not from a program, and connect() fails at
      once. Compare syn-timeout, where nothing answers: there connect() waits.`,
    sources: [
      'seed 004, "Client发送到错误的端口"',
      'RFC 9293 3.10.7.1, 3.5.2',
      'net/ipv4/tcp_ipv4.c tcp_v4_send_reset, net/ipv4/tcp_input.c tcp_reset',
    ],
    shows: ['CLOSED -> LISTEN', 'CLOSED -> SYN-SENT', 'SYN-SENT -> CLOSED (rcv RST)'],
  },
  async ({ server, client, wire, step, expect }) => {
    await server.run('echo-server');

    await step('the client connects to a port where nobody listens', async () => {
      await wire.hold(server);
      const cli = client.run('echo-client', { port: 6001 });
      await expect(client.sockets()).toShowNew('SYN-SENT');
      await wire.carry(server);
      await expect(cli).toFailWith('ECONNREFUSED', { call: 'connect' });
    });
    await expect(wire).toHaveCarriedOnly(
      { serverPort: 6001 },
      `client > server  S   seq=x  win>0  mss
       server > client  R.  seq=0  ack=x+1  win=0  len=0  !mss`,
    );
    await step('no state is left', async () => {
      await expect(client.sockets()).toBe({});
      await expect(server.sockets()).toBe({ LISTEN: 1 });
    });
    await expect(wire).toHaveCarriedNo({ serverPort: 6000 });
  },
);
