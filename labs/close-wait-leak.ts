import { lab, told, type Connection } from '../harness/index.ts';

export default lab(
  {
    name: 'close-wait-leak',
    title: 'CLOSE-WAIT lasts until the program closes',
    section: 'Closing',
    next: 'fin-wait-2-timeout',
    notWalkable: 'it waits for FIN-WAIT-2 to end, which takes the longer the slower the wire is',
    explanation: `Three clients come and go; the server is told so (recv returns 0), but it forgets to
      close. CLOSE-WAIT waits for the program, not for the network, and no timer ends it: the sockets
      and their descriptors are leaked, while the clients' FIN-WAIT-2 has long been given up (after
      tcp_fin_timeout, here 3 s). More and more CLOSE-WAITs are the mark of a program that forgets to
      close. When its process ends, the kernel closes for it; the FINs meet clients that have
      forgotten everything, whose resets end it.`,
    notice: `The clients are long gone and the server's sockets still stand in CLOSE-WAIT. No timer
      ends that state: only close() does, or the end of the process.`,
    sources: [
      'seed 000, "程序中查看TCP的状态"; seed 001, "4.5.FIN_WAIT_2状态"; seed 004, "CLOSE_WAIT"',
      'RFC 9293 3.3.2, 3.6',
      'net/ipv4/tcp_input.c tcp_fin, net/ipv4/tcp.c tcp_close, net/ipv4/tcp_ipv4.c tcp_v4_send_reset',
    ],
    shows: ['ESTABLISHED -> CLOSE-WAIT', 'FIN-WAIT-2 -> CLOSED (timeout)'],
    sysctls: { client: { 'net.ipv4.tcp_fin_timeout': '3' } },
    waits: { always: '4s' },
  },
  async ({ server, client, wire, step, expect }) => {
    const ser = await server.shell(`
      socket = 3
      bind 3 server:6000
      listen 3 5
    `);
    const leaked: Connection[] = [];
    for (const fd of [4, 5, 6]) {
      await step(told('a client comes and goes, descriptor {n} stays', { n: fd }), async () => {
        const cli = await client.run('echo-client');
        await ser.does(`accept 3 = ${fd}`);
        const conn = await expect(wire).connection();
        const closed = expect(conn).toBeIn({ server: 'CLOSE-WAIT', client: 'FIN-WAIT-2' });
        await Promise.all([closed, cli.type('end')]); // FIN-WAIT-2 does not last
        await ser.does(`recv ${fd} = 0`);
        leaked.push(conn);
      });
    }
    await step('the clients have given up, the server has not', async () => {
      const stays = { during: '4s', orphaned: false };
      await Promise.all(leaked.map((of) => expect(server.end(of)).toStayIn('CLOSE-WAIT', stays)));
      await expect(client.sockets()).toBe({});
      await expect(server.sockets()).toBe({ LISTEN: 1, 'CLOSE-WAIT': 3 });
    });
    await step('the process ends, and the kernel closes for it', async () => {
      await ser.program.kill('SIGKILL');
      await expect(server.sockets()).toBe({});
      for (const conn of leaked) {
        await expect(wire).toHaveCarried(
          conn,
          `client > server  F.  seq=c
           server > client  .   ack=c+1
           server > client  F.  seq=s  ack=c+1
           client > server  R   seq=c+1`,
        );
      }
    });
  },
);
