import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'tw-buckets',
    title: 'tcp_max_tw_buckets: no room for another TIME-WAIT',
    section: 'TIME-WAIT',
    next: 'bind-restart',
    explanation: `A host keeps no more TIME-WAITs than tcp_max_tw_buckets, 1 at the client here, tens of
      thousands by default. The first connection that the client closes takes that place. When it closes
      the second, nothing is kept of it: from FIN-WAIT-2 the FIN that comes takes it straight to CLOSED,
      and its port is free at once. The FIN is acknowledged; but if that ACK is lost and the FIN comes
      again, nobody knows of the connection any more, and it is answered by a reset. That is what
      TIME-WAIT is there to prevent: the sysctl is a last resort, not a remedy.`,
    notice: `The second connection was CLOSED without any TIME-WAIT, and the same FIN that TIME-WAIT
      would have acknowledged met a reset. Only a counter, TCPTimeWaitOverflow, tells of it.`,
    sources: [
      'RFC 9293 3.6.1; net/ipv4/tcp_minisocks.c tcp_time_wait; ip-sysctl.rst tcp_max_tw_buckets',
    ],
    sysctls: { client: { 'net.ipv4.tcp_max_tw_buckets': '1' } },
    shows: ['FIN-WAIT-2 -> CLOSED (rcv FIN)'],
  },
  async ({ server, client, wire, connected, step, expect }) => {
    const { ser, cli, conn } = await connected();
    await step('the first takes the only place', async () => {
      await cli.does('shutdown 3 WR');
      await expect(client.end(conn)).toBeIn('FIN-WAIT-2', { orphaned: false });
      await ser.does('close 4');
      await expect(client.end(conn)).toBeIn('TIME-WAIT');
    });
    await cli.does(`
      socket                = 4
      connect 4 server:6000 = 0
    `);
    const next = await expect(wire).connection();
    await ser.does('accept 3 = 4');
    await step('no room for a second', async () => {
      await cli.does('shutdown 4 WR');
      await expect(client.end(next)).toBeIn('FIN-WAIT-2', { orphaned: false });
      await ser.does('close 4');
      await expect(client.end(next)).toBeGone();
      await expect(client.counter('TcpExtTCPTimeWaitOverflow')).toBe(1);
      await expect(client.end(conn)).toBeIn('TIME-WAIT');
    });
    await step('the FIN comes again', async () => {
      const { names } = await expect(wire).toHaveCarried(
        next,
        `server > client  F.  seq=f  ack=c
         client > server  .   ack=f+1`,
      );
      await server.inject(next, `F. seq=${names['f'] ?? NaN} ack=${names['c'] ?? NaN}`);
      await expect(wire).toHaveCarried(
        next,
        `server > client  F.
         client > server  .
         ...
         client > server  R`,
        { repeats: true },
      );
    });
  },
);
