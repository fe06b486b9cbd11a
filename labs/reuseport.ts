import { lab, told } from '../harness/index.ts';

export default lab(
  {
    name: 'reuseport',
    title: 'SO_REUSEPORT: two listeners share a port, and the connections',
    explanation: `SO_REUSEADDR never lets two sockets listen on one port; SO_REUSEPORT, since Linux
      3.9, does, if every one of them has set it before bind() and all belong to one user. Each has
      an accept queue of its own, and the kernel chooses by a hash of addresses and ports which of
      them a connection enters. So several processes can accept without getting in each other's
      way. Nobody can say beforehand which of them it will be; together they get all. A port in
      TIME-WAIT is free by the same rule: the old socket must have had the option too.`,
    notice: `Two sockets listen on one port, each with an accept queue of its own. The kernel
      decides which connection goes where, by a hash.`,
    sources: [
      'seed 004, "bind中的PORT" and "多说几句TIME_WAIT"; socket(7) SO_REUSEPORT',
      'net/core/sock_reuseport.c reuseport_select_sock',
      'net/ipv4/inet_connection_sock.c inet_bind_conflict',
    ],
  },
  async ({ server, client, wire, step, expect }) => {
    const option = 'setsockopt 3 SO_REUSEPORT';
    const shared = `
      socket             = 3
      ${option} 1
      bind 3 server:6000 = 0
      listen 3 9         = 0
    `;
    const two = [await server.shell(shared), await server.shell(shared)];
    const [third, cli] = [await server.shell(), await client.shell()];
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
        await shell.doesAtOnce(['nonblock 3', ...all, 'accept 3 = EAGAIN'].join('\n'));
      }
      await expect(wire).toHaveCarriedNo({ serverPort: 6000 }, 'server > client R|R.');
    });
    for (const [has, port] of [6001, 6002].entries()) {
      const asks = `
        socket                        = 3
        bind 3 server:${port}         = EADDRINUSE
        setsockopt 3 SO_REUSEADDR 1
        bind 3 server:${port}         = EADDRINUSE
        ${option} 1
        bind 3 server:${port}         = ${has === 1 ? '0' : 'EADDRINUSE'}
        close 3
      `;
      await step(
        told('the old socket, SO_REUSEPORT {n}, in LISTEN and in TIME-WAIT', { n: has }),
        async () => {
          const old = await server.shell(`
            socket = 3
            ${option} ${has}
            bind 3 server:${port}
          `);
          await old.does('listen 3 5 = 0');
          await third.does(asks);
          await cli.does(`
            socket                    = 11
            connect 11 server:${port} = 0
          `);
          await old.does(`
            accept 3 = 4
            close 4
            close 3
          `);
          await cli.does('close 11');
          await expect(server.sockets(port)).toBe({ 'TIME-WAIT': 1 });
          const closing = `
            server > client  F.
            ...
            client > server  F.
            server > client  .
          `;
          await expect(wire).toHaveCarried({ serverPort: port }, closing);
          await third.does(asks);
        },
      );
    }
  },
);
