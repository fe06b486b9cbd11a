import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'syn-timeout',
    title: 'No answer to a SYN: from SYN-SENT back to CLOSED',
    section: 'Opening',
    next: 'old-duplicate-syn',
    notWalkable: 'it measures when a SYN is sent again',
    explanation: `A SYN that nobody answers is sent again, the same but for its timestamp, which
      counts milliseconds, until connect() fails with ETIMEDOUT. The peer, whom none of them
      reaches, never learns of it. Since Linux 6.5 the timeout stays at one second for four more
      SYNs (tcp_syn_linear_timeouts) and then doubles each time; before, it doubled from the
      first. With tcp_syn_retries at 2, set here at the client, it is over after 7 s. The server,
      which connects in vain as well, has the default, 6: 131 s, waited out with --slow (127 s
      before Linux 6.5; RFC 9293 asks for three minutes). A program that does not want to wait
      closes its socket; the peer is not told.`,
    notice: `Every SYN carries the same sequence number: it is one segment, sent again. The time
      that connect() takes to fail is the sum of those gaps, so it is a setting and not a property of
      the network.`,
    sources: [
      'seed 001, 4.3; seed 004, "listen方法中的传参"; RFC 9293 3.8.3, 3.10.4; RFC 6298 2.1, 5.5',
      'net/ipv4/tcp_timer.c tcp_write_timeout, tcp_retransmit_timer',
    ],
    sysctls: { client: { 'net.ipv4.tcp_syn_retries': '2' } },
    waits: { always: '7s', slow: '131s' },
    shows: ['CLOSED -> SYN-SENT', 'SYN-SENT -> CLOSED', 'SYN-SENT -> CLOSED (timeout)'],
  },
  async ({ server, client, wire, step, expect, slow }) => {
    await server.run('echo-server');
    for (const to of [server, client]) await wire.drop({ to, flags: 'S' });
    const hasty = await client.run('echo-client');
    const patient = await server.run('echo-client', { address: client.address, port: 7000 });
    const there = await expect(client.sockets()).toShowNew('SYN-SENT');
    const back = await expect(server.sockets()).toShowNew('SYN-SENT');
    await step('a third closes its socket at once', async () => {
      const shell = await client.shell();
      await shell.does(`
        socket                = 3
        nonblock 3
        connect 3 server:6000 = EINPROGRESS
      `);
      const conn = await expect(client.sockets()).toShowNew('SYN-SENT');
      await shell.does('close 3');
      await expect(conn).toBeIn({ client: 'CLOSED', server: 'CLOSED' });
      await expect(wire).toHaveCarriedOnly(conn, syns('client > server', []));
    });
    await step('the client gives up', async () => {
      const { gaps, failsAfter } = client.synSchedule;
      await expect(hasty).toFailWith('ETIMEDOUT', {
        call: 'connect',
        after: `${failsAfter}s`,
        within: '20s',
      });
      await expect(there).toBeIn({ client: 'CLOSED', server: 'CLOSED' });
      await expect(wire).toHaveCarriedOnly(there, syns('client > server', gaps), { repeats: true });
    });
    await step('the server does not; its timeout begins to double', async () => {
      await expect(server.end(back)).toBeIn('SYN-SENT', { orphaned: false, sendQ: 1 });
      await expect(wire).toHaveCarried(back, syns('server > client', [1, 2]), { repeats: true });
    });
    if (!slow) return;
    await step('and gives up, too', async () => {
      const { gaps, failsAfter } = server.synSchedule;
      await expect(patient).toFailWith('ETIMEDOUT', {
        call: 'connect',
        after: `${failsAfter}s`,
        within: '160s',
      });
      await expect(wire).toHaveCarriedOnly(back, syns('server > client', gaps), { repeats: true });
    });
  },
);

/** A SYN, and the same again after each of these gaps, seconds; its timestamp goes with the time. */
function syns(way: string, gaps: readonly number[]): string[] {
  const again = gaps.map((gap, n) => `+${gap}s  ${way}  S  seq=x  tsval>t+${(n + 1) * 990}`);
  return [`${way}  S  seq=x  tsval=t`, ...again];
}
