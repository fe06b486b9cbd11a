import { lab, told } from '../harness/index.ts';

export default lab(
  {
    name: 'reset-sent',
    title: 'An abort leaves no TIME-WAIT, in any state',
    section: 'Resets and data',
    next: 'forged-reset',
    explanation: `close() with SO_LINGER at 0 aborts: nothing is waited for, and the peer is told by a
      RST. Note 3 of the state diagram has the sender of a reset go to TIME-WAIT. Linux does not: it
      keeps nothing, so nothing is left of the connection at the end that aborts. In CLOSING and
      LAST-ACK, where both sides have sent their FIN, it does not even send a reset.`,
    notice: `An abort skips TIME-WAIT, and with it the protection that TIME-WAIT gives. In CLOSING
      and LAST-ACK there was no reset at all.`,
    sources: [
      'seed 001, "5.RST，同时打开和同时关闭"',
      'RFC 9293 3.3.2 (figure 5, note 3), 3.10.5 (ABORT); socket(7) SO_LINGER',
      'net/ipv4/tcp.c tcp_disconnect, tcp_need_reset',
    ],
    rtoMin: '10s',
    refutes: [
      'SYN-RECEIVED -> TIME-WAIT (snd RST)',
      'ESTABLISHED -> TIME-WAIT (snd RST)',
      'FIN-WAIT-1 -> TIME-WAIT (snd RST)',
      'FIN-WAIT-2 -> TIME-WAIT (snd RST)',
      'CLOSE-WAIT -> TIME-WAIT (snd RST)',
      'CLOSING -> TIME-WAIT (snd RST)',
      'LAST-ACK -> TIME-WAIT (snd RST)',
    ],
  },
  async ({ client, wire, reach, step, expect }) => {
    const aborts = async (state: Parameters<typeof reach>[0], reset: boolean): Promise<void> => {
      await step(told('in {state} the client aborts', { state }), async () => {
        const { conn, cli, fd } = await reach(state);
        await cli.does(`
          setsockopt ${fd} SO_LINGER 0
          close ${fd}
        `);
        await expect(client.end(conn)).toBeGone();
        if (reset) await expect(wire).toHaveCarried(conn, 'client > server  R|R.');
        else await expect(wire).toHaveCarriedNo(conn, 'client > server  R|R.');
      });
    };
    const open = ['SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT'] as const;
    for (const state of open) await aborts(state, true);
    for (const state of ['CLOSING', 'LAST-ACK'] as const) await aborts(state, false);
    await expect(client.sockets()).toBe({});
  },
);
