import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'socket-census',
    title: "Sockets counted by state, as the documents' line does",
    section: 'TIME-WAIT',
    next: 'tw-reuse',
    explanation: `One socket of the client is brought into each state of the documents' list, and
      left there: SYN-RECEIVED and ESTABLISHED, the six of closing, and TIME-WAIT. Then their
      line, netstat -n piped into awk, counts what ss shows, under netstat's own names (SYN_RECV,
      FIN_WAIT1). It leaves the listener out, since netstat -n without -a shows connections only.`,
    notice: `ss and netstat agree state by state, but for their spelling, and but for the listener,
      which netstat -n does not show.`,
    sources: [
      'seed 003, "5.用于统计当前各种状态的连接的数量的命令"',
      'RFC 9293 3.3.2; netstat(8); include/net/tcp_states.h',
    ],
    rtoMin: '10s',
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.shell(`
      socket             = 3
      bind 3 server:6000 = 0
      listen 3 9         = 0
    `);
    const cli = await client.shell(`
      socket             = 3
      bind 3 client:5000 = 0
      listen 3 1         = 0
    `);
    for (const fd of [4, 5, 6, 7, 8, 9, 10]) {
      await cli.does(`
        socket                    = ${fd}
        connect ${fd} server:6000 = 0
      `);
      await ser.does(`accept 3 = ${fd}`);
    }
    await step('those that stand still by themselves', async () => {
      await cli.does(`
        shutdown 5 WR
        close 10
      `);
      await ser.does(`
        recv 5  = 0
        recv 10 = 0
        close 10
        shutdown 6 WR
        shutdown 9 WR
      `);
      await cli.does(`
        recv 6 = 0
        recv 9 = 0
      `);
      await expect(client.sockets()).toBe({
        ...{ LISTEN: 1, ESTABLISHED: 3, 'FIN-WAIT-2': 1, 'CLOSE-WAIT': 2, 'TIME-WAIT': 1 },
      });
    });
    await step("one in each state of the documents' list", async () => {
      await wire.hold();
      await ser.does('shutdown 8 WR');
      await ser.connecting('client:5000');
      await cli.does(`
        shutdown 6 WR
        shutdown 7 WR
        shutdown 8 WR
      `);
      await wire.release(server);
      const open = { 'SYN-RECEIVED': 1, ESTABLISHED: 1, 'CLOSE-WAIT': 1 };
      const closing = { 'FIN-WAIT-1': 1, 'FIN-WAIT-2': 1, CLOSING: 1, 'LAST-ACK': 1 };
      const counts = { ...open, ...closing, 'TIME-WAIT': 1 };
      await expect(client.sockets()).toBe({ LISTEN: 1, ...counts });
      await expect(client.netstat()).toCount(counts);
    });
  },
);
