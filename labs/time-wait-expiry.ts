import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'time-wait-expiry',
    title: 'TIME-WAIT lasts 60 s, whatever tcp_fin_timeout says',
    section: 'TIME-WAIT',
    next: 'client-time-wait',
    explanation: `TIME-WAIT is to last twice the MSL, the longest time that a segment may live in
      the net. RFC 9293 takes 2 minutes for that, which makes 4 minutes; Berkeley took 30 s, which
      makes one; the documents speak of 30 s, 1, 2 and 4 minutes. Linux has a constant,
      TCP_TIMEWAIT_LEN: 60 s from the last FIN on. tcp_fin_timeout, often said to shorten it, is
      1 s at the client here and does nothing to it: it is for FIN-WAIT-2 without a process. ss
      shows the timer from the start, and while it runs the port is taken. When it has run out
      (--slow waits for that) nothing is left of the connection, and bind() gets the port.`,
    notice: `The timer that ss shows begins at 60 s although tcp_fin_timeout is 1 s. In Linux the
      length of TIME-WAIT is a constant.`,
    sources: [
      'seed 000, "状态转移"; seed 003, "4.MSL时间" and "TIME_WAIT状态维持时间"; seed 004, "TIME_WAIT"',
      'RFC 9293 3.4.2, 3.6.1; RFC 1122 4.2.2.13',
      'include/net/tcp.h TCP_TIMEWAIT_LEN, net/ipv4/tcp_minisocks.c tcp_time_wait',
    ],
    sysctls: { client: { 'net.ipv4.tcp_fin_timeout': '1' } },
    shows: ['FIN-WAIT-2 -> TIME-WAIT'],
    showsSlow: ['TIME-WAIT -> CLOSED'],
    waits: { always: '2s', slow: '60s' },
  },
  async ({ server, client, wire, connected, step, expect, slow }) => {
    const { ser, cli, conn } = await connected({ client: 'bind 3 client:7000' });
    // Not close(): without a process FIN-WAIT-2 would last as long as tcp_fin_timeout says.
    await cli.does('shutdown 3 WR');
    await expect(client.end(conn)).toBeIn('FIN-WAIT-2', { orphaned: false });
    await ser.does(`
      recv 4 = 0
      close 4
    `);
    const timeWait = await expect(client.end(conn)).toBeIn('TIME-WAIT', {
      timer: { name: 'timewait', least: '55s', most: '60s' },
    });
    await expect(server.end(conn)).toBeGone();
    await expect(wire).toHaveCarried(
      conn,
      `client > server  F.  seq=c
       server > client  .   ack=c+1
       server > client  F.  seq=s  ack=c+1
       client > server  .   ack=s+1`,
    );
    await step('more than tcp_fin_timeout later', async () => {
      await expect(client.end(conn)).toStayIn('TIME-WAIT', { during: '2s' });
      await cli.does(`
        close 3
        socket              = 3
        bind 3 client:7000  = EADDRINUSE
      `);
    });
    if (!slow) return;
    await step('a minute later', async () => {
      const lasting = { since: timeWait, about: '60s' };
      await expect(client.end(conn)).toBeGone({ within: '75s', lasting });
      await cli.does('bind 3 client:7000 = 0');
    });
  },
);
