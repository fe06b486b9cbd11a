import { lab, told } from '../harness/index.ts';

const ACCEPTED = 'listen 3 1 | socket = 4 \n connect 4 server:PORT = 0 | accept 3 = 4 \n close 3';
const WITH_OPTION = 'socket = 4 \n setsockopt 4 SO_REUSEADDR 1';
/** The old socket's state; what leads there after bind, server | client | server ...; its end. */
const OLD = [
  ['CLOSED', 'bound', '', 'close 3'],
  ['LISTEN', 'without connections', 'listen 3 1', 'close 3'],
  ['ESTABLISHED', 'accepted', ACCEPTED, 'close 4 | close 4'],
  ['CLOSE-WAIT', 'accepted', `${ACCEPTED} | shutdown 4 WR`, 'close 4 | close 4'],
  ['FIN-WAIT-2', 'of a process', `${ACCEPTED} \n shutdown 4 WR`, 'close 4 | close 4'],
  ['FIN-WAIT-2', 'of no process', `${ACCEPTED} \n close 4`, '| close 4'],
  ['TIME-WAIT', 'accepted', `${ACCEPTED} \n close 4 | close 4`, ''],
  ['ESTABLISHED', 'connected', 'connect 3 client:5000 = 0 | accept 3 = 4', 'close 3 | close 4'],
  ['TIME-WAIT', 'connected', 'connect 3 client:5000 = 0 | accept 3 = 4 | close 3 | close 4', ''],
] as const;

const titleOf = (state: string, how: (typeof OLD)[number][1], at: string, n: number) =>
  told('{state}, {how}, {at}, SO_REUSEADDR {n}', { state, how: told(how), at, n });

export default lab(
  {
    name: 'bind-matrix',
    title: 'Who gets a port: every state of the old socket, every way to ask for it',
    section: 'Taking a port again',
    next: 'reset',
    explanation: `An old socket has a port, in each state that a program or the kernel can leave it
      in; a socket of another process wants the same port. It gets it, whatever the state and the
      addresses, if and only if both have set SO_REUSEADDR and none on that port listens; otherwise
      bind() fails with EADDRINUSE. TIME-WAIT is but one of the states that keep a port, and the
      option on the new socket alone helps in none of them.`,
    notice: `The rule is the same in every state: both sockets must have SO_REUSEADDR, and none may
      be listening.`,
    sources: [
      'seed 001, "4.4. 2MSL等待状态"; seed 004, "多说几句TIME_WAIT"; RFC 9293 3.6.1; socket(7)',
      'net/ipv4/inet_connection_sock.c inet_csk_get_port, inet_bind_conflict',
    ],
  },
  async ({ server, client, wire, step, expect }) => {
    const cli = await client.shell('socket = 3 \n bind 3 client:5000 \n listen 3 5');
    const [old, next] = [await server.shell(), await server.shell(`socket = 3 \n ${WITH_OPTION}`)];
    let port = 6000;
    const inTurn = async (calls: string) => {
      for (const [n, script] of calls.replaceAll('PORT', String(port)).split('|').entries())
        await (n % 2 === 0 ? old : cli).doesAtOnce(script);
    };
    for (const [state, how, made, ended] of OLD)
      for (const has of [0, 1])
        for (const at of ['server', '0.0.0.0'])
          await step(titleOf(state, how, at, has), async () => {
            const bound = `socket = 3 \n setsockopt 3 SO_REUSEADDR ${has} \n bind 3 ${at}:PORT`;
            await inTurn(`${bound} \n ${made}`);
            await expect(server.sockets(port)).toBe(state === 'CLOSED' ? {} : { [state]: 1 });
            const free = has === 1 && state !== 'LISTEN';
            const result = free ? `0 \n listen 4 1 = 0 \n close 4 \n ${WITH_OPTION}` : 'EADDRINUSE';
            const ask = (to: string) => `bind 3 ${to} = EADDRINUSE \n bind 4 ${to} = ${result}`;
            await next.doesAtOnce(`${ask(`server:${port}`)} \n ${ask(`0.0.0.0:${port}`)}`);
            await inTurn(ended);
            port++;
          });
    await expect(wire).toHaveCarriedNo({ serverPort: 6000 }); // it was bound only
    const closing = 'server > client F. \n ... \n client > server F. \n server > client .';
    await expect(wire).toHaveCarried({ serverPort: 6024 }, closing); // to TIME-WAIT
  },
);
