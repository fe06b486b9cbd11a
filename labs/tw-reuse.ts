import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'tw-reuse',
    title: 'tcp_tw_reuse, tcp_max_tw_buckets, tcp_fin_timeout: what they do to TIME-WAIT',
    explanation: `Each host has a single port for what it connects, so that one TIME-WAIT stands in
      the way of the next connection to the same place. With tcp_tw_reuse=1, at the server's host,
      connect() takes its place after more than a second, if the old connection had timestamps: by
      them its late segments are told from new ones. The default, 2, at the client's, does so for
      loopback only. Above tcp_max_tw_buckets, 1 at the client's, no TIME-WAIT is kept: the port is
      free at once, but a FIN that comes again meets a reset. tcp_fin_timeout, 30 s here, does
      nothing to TIME-WAIT; tcp_tw_recycle, of which old advice speaks, is gone since Linux 4.12.`,
    notice: `tcp_tw_reuse concerns connect(), never bind() or a server's port, and it needs
      timestamps and more than a second. tcp_fin_timeout did nothing.`,
    sources: [
      'RFC 6191; net/ipv4/tcp_ipv4.c tcp_twsk_unique; net/ipv4/tcp_minisocks.c tcp_time_wait',
      'ip-sysctl.rst tcp_tw_reuse, tcp_max_tw_buckets, tcp_fin_timeout',
    ],
    sysctls: {
      both: { 'net.ipv4.ip_local_port_range': '30000 30000', 'net.ipv4.tcp_fin_timeout': '30' },
      client: { 'net.ipv4.tcp_max_tw_buckets': '1' },
      server: { 'net.ipv4.tcp_tw_reuse': '1' },
    },
    shows: ['FIN-WAIT-2 -> CLOSED (rcv FIN)'],
    waits: { always: '2s' },
  },
  async ({ server, client, wire, connected, step, expect }) => {
    const [toServer, toClient] = [wire.between(5000, 30000), wire.between(30000, 5000)];
    await server.run('echo-server', { port: 5000 });
    await client.run('echo-server', { port: 5000, address: client.address });
    const fromServer = { port: 5000, address: client.address, count: 1 };
    const floods = async (made: number) => {
      const flood = await client.run('flood-client', { port: 5000 });
      await expect(flood).toPrint(`made ${made}`);
      await expect(flood).toFailWith('EADDRNOTAVAIL');
    };
    await step('one port, one connection', async () => {
      await floods(1);
      const timer = { name: 'timewait', least: '31s', most: '60s' } as const;
      await expect(client.end(toServer)).toBeIn('TIME-WAIT', { timer });
      await expect(await server.run('flood-client', fromServer)).toPrint('made 1');
      await expect(server.end(toClient)).toBeIn('TIME-WAIT', { timer });
    });
    await step('more than a second later', async () => {
      await expect(server.end(toClient)).toStayIn('TIME-WAIT', { during: '2s' });
      await floods(0);
      await expect(await server.run('flood-client', fromServer)).toPrint('made 1');
      await expect(server.counter('TcpExtTWRecycled')).toBe(1);
      const reused = `
        server > client F. seq=f
        ...
        server > client S seq>f
      `;
      await expect(wire).toHaveCarried(toClient, reused);
    });
    await step('no room for a second TIME-WAIT', async () => {
      const { ser, cli, conn } = await connected();
      await cli.does('shutdown 3 WR');
      await expect(client.end(conn)).toBeIn('FIN-WAIT-2', { owned: true });
      await ser.does('close 4');
      await expect(client.end(conn)).toBeGone();
      await expect(client.counter('TcpExtTCPTimeWaitOverflow')).toBe(1);
      const fin = await expect(wire).toHaveCarried(conn, 'server > client F. seq=f ack=c');
      await server.forge(conn, `F. seq=${fin.names['f'] ?? NaN} ack=${fin.names['c'] ?? NaN}`);
      const reset = `
        server > client F.
        client > server .
        ...
        client > server R
      `;
      await expect(wire).toHaveCarried(conn, reset, { repeats: true });
      await cli.does(`
        socket                = 4
        connect 4 server:6000 = 0
      `);
    });
  },
);
