import { lab } from '../harness/index.ts';

const ACCEPTED = 'listen $3 1 | socket = $4 \n connect $4 server:PORT = 0 | accept $3 = $7 \n close $3';
const CONNECTED = 'connect $3 client:5000 = 0 | accept 3 = $4';
/** Old sockets: their state; how they came there after bind, server | client | server; their end. */
const OLD = [
  ['CLOSED', 'bound', '', 'close $3'],
  ['LISTEN', 'and nobody has come', 'listen $3 1', 'close $3'],
  ['ESTABLISHED', 'accepted', ACCEPTED, 'close $7 | close $4'],
  ['CLOSE-WAIT', 'accepted', `${ACCEPTED} | shutdown $4 WR`, 'close $7 | close $4'],
  ['FIN-WAIT-2', 'accepted, of a process', `${ACCEPTED} \n shutdown $7 WR`, 'close $7 | close $4'],
  ['FIN-WAIT-2', 'accepted, of no process', `${ACCEPTED} \n close $7`, '| close $4'],
  ['TIME-WAIT', 'accepted', `${ACCEPTED} \n close $7 | close $4`, ''],
  ['ESTABLISHED', 'connected', CONNECTED, 'close $3 | close $4'],
  ['TIME-WAIT', 'connected', `${CONNECTED} | close $3 | close $4`, ''],
] as const;
/** Has the old socket SO_REUSEADDR, and which address? */
const FOUR = [[0, 'server'], [0, '0.0.0.0'], [1, 'server'], [1, '0.0.0.0']] as const;

export default lab(
  {
    name: 'bind-matrix',
    title: 'Who gets a port: every state of the old socket, every way to ask for it',
    explanation: `An old socket has a port, in each state that a program or the kernel can leave it
      in; a socket of another process wants the same port. It gets it, whatever the state and the
      addresses, if and only if both have set SO_REUSEADDR and none on that port listens; otherwise
      bind() fails with EADDRINUSE. TIME-WAIT is but one of the states that keep a port, and the
      option on the new socket alone helps in none of them.`,
    sources: [
      'seed 001, "4.4. 2MSL等待状态"; seed 004, "多说几句TIME_WAIT"; RFC 9293 3.6.1; socket(7)',
      'net/ipv4/inet_connection_sock.c inet_csk_get_port, inet_bind_conflict',
    ],
  },
  async ({ server, client, wire, step, expect }) => {
    const cli = await client.shell('socket = 3 \n bind 3 client:5000 \n listen 3 5');
    const [old, next] = [await server.shell(), await server.shell('socket = 3')];
    for (const [row, [state, how, made, ended]] of OLD.entries()) {
      const port = 6000 + 4 * row;
      /** Each call for the four old sockets, of which $3 is 3, 4, 5, 6, on ports of their own. */
      const all = (calls: string) => calls.split('\n').flatMap((call) => FOUR.map(([had, at], n) => 
         call.replace('HAD', String(had)).replace('AT', at).replace('PORT', String(port + n)).replace(/\$(\d)/g, (_, fd) => String(Number(fd) + n))
      )).join('\n');
      const alternately = async (calls: string) => {
        for (const [n, script] of calls.split('|').entries())
          await (n % 2 === 0 ? old : cli).doesAtOnce(all(script));
      };
      await step(`${state}, ${how}`, async () => {
        await alternately(`socket = $3 \n setsockopt $3 SO_REUSEADDR HAD \n bind $3 AT:PORT = 0 \n ${made}`);
        await Promise.all(FOUR.map((_, n) => expect(server.sockets(port + n)).toBe(state === 'CLOSED' ? {} : { [state]: 1 })));
        for (const [n, [had]] of FOUR.entries()) {
          const result = had && state !== 'LISTEN' ? '0 \n listen 3 1 = 0' : 'EADDRINUSE';
          const asks = ['server', '0.0.0.0'].map((to) => `
              bind 3 ${to}:${port + n} = EADDRINUSE
              setsockopt 3 SO_REUSEADDR 1
              bind 3 ${to}:${port + n} = ${result}
              close 3
              socket = 3`);
            await next.doesAtOnce(asks.join('\n'));
        }
        await alternately(ended);
      });
    }
  },
);
