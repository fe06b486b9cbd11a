import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'mss-missing',
    title: 'A SYN without an MSS: 536 octets, whatever the link takes',
    section: 'Opening',
    next: 'syn-timeout',
    explanation: `A SYN need not say how large a segment its sender can receive. A SYN that says
      nothing counts as one that says 536: what every host must be able to take (576 octets, less
      two headers). This SYN is injected, since no kernel today leaves the option out; the resets
      of the client's own kernel, which knows nothing of it, are lost on purpose. The server
      answers with its own MSS, 1460, and then sends in segments of 536.`,
    notice: `The server said 1460 and kept to 536: what a host says in its SYN binds its peer, not
      itself.`,
    sources: [
      'seed 001, "3.最大报文长度"; RFC 9293 3.7.1, RFC 6691',
      'net/ipv4/tcp_input.c tcp_conn_request',
    ],
  },
  async ({ server, client, wire, step, expect }) => {
    for (const side of [server, client]) await side.setMtu(1500);
    const ser = await server.shell(`
      socket             = 3
      bind 3 server:6000 = 0
      listen 3 5         = 0
    `);
    const conn = wire.between(6000, 7000);
    await wire.drop({ to: client, flags: '*' }); // its kernel would answer with a reset
    await step('a SYN without the option', async () => {
      await client.inject(conn, 'S seq=1000');
      const answer = 'server > client  S.  seq=y  ack=1001  mss=1460';
      const { names } = await expect(wire).toHaveCarried(conn, answer);
      await client.inject(conn, `. seq=1001 ack=${(names['y'] ?? NaN) + 1}`);
    });
    await step('the server sends', async () => {
      await ser.does(`
        accept 3       = 4 client:7000
        send 4 len=600 = 600
      `);
      await expect(server.end(conn)).toBeIn('ESTABLISHED', { info: { mss: '536' } });
      await expect(wire).toHaveCarried(conn, 'server > client  .|P.  len=536');
      await expect(wire).toHaveCarriedNo(conn, 'server > client  *  len>536');
    });
  },
);
