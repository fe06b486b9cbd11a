import { lab, told } from '../harness/index.ts';

export default lab(
  {
    name: 'reset-received',
    title: 'A reset that comes ends a connection in any state',
    section: 'Resets and data',
    next: 'reset-sent',
    explanation: `The state diagram leaves out most of what a reset does, for legibility: its note 3
      says that one can come in any state. Here the client's end is brought into each of seven, and
      each time a RST comes with the very number that it expects next. It is CLOSED at once, without
      TIME-WAIT: a peer that sent a reset knows nothing of the connection and will ask for nothing.
      SYN-RECEIVED is that of a simultaneous open; that of a listener goes back to LISTEN.`,
    notice: `In each of seven states one RST with the right number was enough, and no TIME-WAIT
      followed.`,
    sources: [
      'seed 001, "5.RST，同时打开和同时关闭"',
      'RFC 9293 3.3.2 (figure 5, note 3), 3.5.3, 3.10.7.4',
      'net/ipv4/tcp_input.c tcp_validate_incoming, tcp_reset',
    ],
    rtoMin: '10s',
    shows: [
      'SYN-RECEIVED -> CLOSED (rcv RST)',
      'ESTABLISHED -> CLOSED (rcv RST)',
      'FIN-WAIT-1 -> CLOSED (rcv RST)',
      'FIN-WAIT-2 -> CLOSED (rcv RST)',
      'CLOSE-WAIT -> CLOSED (rcv RST)',
      'CLOSING -> CLOSED (rcv RST)',
      'LAST-ACK -> CLOSED (rcv RST)',
    ],
  },
  async ({ server, client, wire, reach, step, expect }) => {
    for (const state of [
      'SYN-RECEIVED',
      'ESTABLISHED',
      'FIN-WAIT-1',
      'FIN-WAIT-2',
      'CLOSE-WAIT',
      'CLOSING',
      'LAST-ACK',
    ] as const) {
      await step(told('in {state} a reset comes', { state }), async () => {
        const { conn, next } = await reach(state);
        await server.inject(conn, `R seq=${next}`);
        await expect(client.end(conn)).toBeGone();
        await expect(wire).toHaveCarried(conn, `server > client  R  seq=${next >>> 0}`);
      });
    }
    await expect(client.sockets()).toBe({});
  },
);
