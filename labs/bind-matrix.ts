import { lab, told } from '../harness/index.ts';

interface Old {
  state: string;
  /** How it has come to be. */
  how: 'bound' | 'idle' | 'accepted' | 'orphaned' | 'connected';
  /** What its process did then, and what the client did after that. */
  old?: string;
  client?: string;
}

const OLD: readonly Old[] = [
  { state: 'CLOSED', how: 'bound' },
  { state: 'LISTEN', how: 'idle' },
  { state: 'ESTABLISHED', how: 'accepted' },
  { state: 'CLOSE-WAIT', how: 'accepted', client: 'shutdown 4 WR' },
  { state: 'FIN-WAIT-2', how: 'accepted', old: 'shutdown 4 WR' },
  { state: 'FIN-WAIT-2', how: 'orphaned', old: 'close 4' },
  { state: 'TIME-WAIT', how: 'accepted', old: 'close 4', client: 'close 4' },
  { state: 'ESTABLISHED', how: 'connected' },
  { state: 'TIME-WAIT', how: 'connected', old: 'close 3', client: 'close 4' },
];

/** Which of the two sockets has the option: by whether the old one has, and then the new one. */
const OPTIONS = [
  [told('neither has SO_REUSEADDR'), told('only the new one has it')],
  [told('only the old one has it'), told('both have it')],
] as const;

const ADDRESSES = ['server', '0.0.0.0'];

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
  async ({ server, client, wire, cell, expect }) => {
    const [old, next, cli] = [await server.shell(), await server.shell(), await client.shell()];
    await cli.does(`
      socket = 3
      bind 3 client:5000
      listen 3 5
    `);
    const make = {
      bound: () => Promise.resolve(),
      idle: () => old.does('listen 3 1'),
      accepted: async (port: number) => {
        await old.does('listen 3 1');
        await cli.doesAtOnce(`
          socket                   = 4
          connect 4 server:${port} = 0
        `);
        await old.doesAtOnce(`
          accept 3 = 4
          close 3
        `);
      },
      orphaned: (port: number) => make.accepted(port),
      connected: async () => {
        await old.does('connect 3 client:5000 = 0');
        await cli.does('accept 3 = 4');
      },
    };
    const ask = async (address: string, port: number, has: number, result: string) => {
      await next.doesAtOnce(`
        socket                      = 3
        setsockopt 3 SO_REUSEADDR ${has}
        bind 3 ${address}:${port}   = ${result}
        ${result === '0' ? 'listen 3 1 = 0' : ''}
        close 3
      `);
    };

    let port = 6000;
    for (const { state, how, old: oldDoes = '', client: clientDoes = '' } of OLD)
      for (const [had, titles] of OPTIONS.entries())
        for (const at of ADDRESSES) {
          await old.doesAtOnce(`
            socket                  = 3
            setsockopt 3 SO_REUSEADDR ${had}
            bind 3 ${at}:${port}    = 0
          `);
          await make[how](port);
          await old.does(oldDoes);
          await cli.does(clientDoes);

          const row = told('{state}, {how}', { state, how: told(how) });
          for (const [has, column] of titles.entries())
            await cell(row, column, async () => {
              await expect(server.sockets(port)).toBe(state === 'CLOSED' ? {} : { [state]: 1 });
              const free = had === 1 && has === 1 && state !== 'LISTEN';
              for (const to of ADDRESSES) await ask(to, port, has, free ? '0' : 'EADDRINUSE');
            });

          const isAccepted = how === 'accepted' || how === 'orphaned';
          if (!oldDoes.startsWith('close')) await old.does(isAccepted ? 'close 4' : 'close 3');
          const isOpen = isAccepted || how === 'connected';
          if (isOpen && !clientDoes.startsWith('close')) await cli.does('close 4');
          port++;
        }

    await expect(wire).toHaveCarriedNo({ serverPort: 6000 }); // it was bound only
    await expect(wire).toHaveCarried(
      { serverPort: 6024 }, // to TIME-WAIT
      `server > client  F.
       ...
       client > server  F.
       server > client  .`,
    );
  },
);
