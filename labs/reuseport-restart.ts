import { lab, told } from '../harness/index.ts';

export default lab(
  {
    name: 'reuseport-restart',
    title: 'SO_REUSEPORT and an old socket: it must have had the option too',
    section: 'Taking a port again',
    next: 'bind-matrix',
    explanation: `SO_REUSEPORT also lets a socket take a port on which an old connection is left in
      TIME-WAIT, by the same rule as for listeners: the old socket must have set it before its bind(),
      as the new one does, and both must belong to one user. SO_REUSEADDR on the new socket makes no
      difference to an old one that had neither.`,
    notice: `The same calls failed or succeeded in LISTEN and in TIME-WAIT alike: what decided was
      whether the old socket had SO_REUSEPORT.`,
    sources: [
      'seed 004, "多说几句TIME_WAIT"; socket(7) SO_REUSEPORT',
      'net/ipv4/inet_connection_sock.c inet_bind_conflict',
    ],
  },
  async ({ server, client, wire, step, expect }) => {
    const [cli, next] = [await client.shell(), await server.shell()];
    for (const [has, port] of [6001, 6002].entries()) {
      const conn = wire.between(port, 7000);
      const asks = `
        socket                        = 3
        bind 3 server:${port}         = EADDRINUSE
        setsockopt 3 SO_REUSEADDR 1
        bind 3 server:${port}         = EADDRINUSE
        setsockopt 3 SO_REUSEPORT 1
        bind 3 server:${port}         = ${has === 1 ? '0' : 'EADDRINUSE'}
        close 3
      `;
      await step(
        told('the old socket, SO_REUSEPORT {n}, in LISTEN and in TIME-WAIT', { n: has }),
        async () => {
          const old = await server.shell(`
            socket                = 3
            setsockopt 3 SO_REUSEPORT ${has}
            bind 3 server:${port} = 0
            listen 3 5            = 0
          `);
          await next.does(asks);
          await cli.does(`
            socket                   = 3
            bind 3 client:7000       = 0
            connect 3 server:${port} = 0
          `);
          await old.does(`
            accept 3 = 4
            close 4
            close 3
          `);
          await cli.does(`
            recv 3 = 0
            close 3
          `);
          await expect(server.end(conn)).toBeIn('TIME-WAIT');
          await next.does(asks);
        },
      );
    }
  },
);
