import { lab } from '../harness/index.ts';

export default lab(
  {
    name: 'reuseport',
    title: 'SO_REUSEPORT: two listeners share a port, and the connections',
    section: 'Taking a port again',
    next: 'reuseport-restart',
    explanation: `SO_REUSEADDR never lets two sockets listen on one port; SO_REUSEPORT, since Linux
      3.9, does, if every one of them has set it before bind() and all belong to one user. Each has
      an accept queue of its own, and the kernel chooses by a hash of addresses and ports which of
      them a connection enters. So several processes can accept without getting in each other's
      way. Nobody can say beforehand which of them it will be; together they get all.`,
    notice: `Two sockets listen on one port, each with an accept queue of its own. The kernel
      decides which connection goes where, by a hash.`,
    sources: [
      'seed 004, "bind中的PORT"; socket(7) SO_REUSEPORT',
      'net/core/sock_reuseport.c reuseport_select_sock',
    ],
  },
  async ({ server, client, wire, step, expect }) => {
    const shared = `
      socket             = 3
      setsockopt 3 SO_REUSEPORT 1
      bind 3 server:6000 = 0
      listen 3 9         = 0
    `;
    const two = [await server.shell(shared), await server.shell(shared)];
    const cli = await client.shell();
    await step('eight connections, two accept queues', async () => {
      for (const fd of [3, 4, 5, 6, 7, 8, 9, 10])
        await cli.doesAtOnce(`
          socket                    = ${fd}
          connect ${fd} server:6000 = 0
        `);
      await expect(client.sockets()).toBe({ ESTABLISHED: 8 });
      await expect(server.sockets()).toBe({ LISTEN: 2, ESTABLISHED: 8 });
      const { row } = await expect(server.listener(6000)).toBeListening();
      for (const shell of two) {
        const share = row.processes[0]?.pid === shell.program.pid ? row.recvQ : 8 - row.recvQ;
        const all = Array.from({ length: share }, () => 'accept 3');
        await shell.doesAtOnce(['nonblock 3', ...all, 'accept 3 = EAGAIN']);
      }
      await expect(wire).toHaveCarriedNo({ serverPort: 6000 }, 'server > client R|R.');
    });
  },
);
