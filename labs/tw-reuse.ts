import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'tw-reuse',
    title: 'tcp_tw_reuse: a connection takes the place of TIME-WAIT',
    section: 'TIME-WAIT',
    next: 'tw-buckets',
    notWalkable: 'it reads how long TIME-WAIT has left',
    explanation: `Each host has a single port for what it connects, so that one TIME-WAIT stands in
      the way of the next connection to the same place. With tcp_tw_reuse=1, at the server's host,
      connect() takes its place after more than a second, if the old connection had timestamps: by
      them its late segments are told from new ones. The default, 2, at the client's, does so for
      loopback only. tcp_fin_timeout, 30 s here, does
      nothing to TIME-WAIT; tcp_tw_recycle, of which old advice speaks, is gone since Linux 4.12.`,
    notice: `tcp_tw_reuse concerns connect(), never bind() or a server's port, and it needs
      timestamps and more than a second. tcp_fin_timeout did nothing.`,
    sources: [
      'RFC 6191; net/ipv4/tcp_ipv4.c tcp_twsk_unique',
      'ip-sysctl.rst tcp_tw_reuse, tcp_fin_timeout',
    ],
    sysctls: {
      both: { 'net.ipv4.ip_local_port_range': '30000 30000', 'net.ipv4.tcp_fin_timeout': '30' },
      server: { 'net.ipv4.tcp_tw_reuse': '1' },
    },
    waits: { always: '2s' },
  },
  async ({ server, client, wire, step, expect }) => {
    const [toServer, toClient] = [wire.between(5000, 30000), wire.between(30000, 5000)];
    await server.run('echo-server', { port: 5000 });
    await client.run('echo-server', { port: 5000, address: client.address });
    const fromServer = { port: 5000, address: client.address, count: 1 };
    const floods = async (made: number) => {
      const flood = await client.run('flood-client', { port: 5000 });
      await expect(flood).toPrint(`made ${made}`);
      await expect(flood).toFailWith('EADDRNOTAVAIL', { call: 'connect' });
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
  },
);
