import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { openNamespace } from '../../sys/testing/namespace.ts';
import { TestProgram } from '../../sys/testing/program.ts';
import { requireForTest } from '../../sys/testing/requirements.ts';
import { censusOf, type Census } from './census.ts';
import { parseSs } from './ss.ts';

/**
 * What keeps states that are over at once: the loopback loses SYN+ACKs of one port, the clients'
 * FINs to another, the server's FINs of a third.
 */
const LOSSES = `
table ip losses {
  chain input {
    type filter hook input priority 0
    tcp sport 7001 tcp flags & (syn | ack) == (syn | ack) drop
    tcp dport 7002 tcp flags & fin == fin drop
    tcp sport 7003 tcp flags & fin == fin drop
  }
}`;

/** Leaves a pair of sockets, or what is left of it, in each state. */
const SOCKETS = `
import { once } from 'node:events';
import net from 'node:net';

async function listen(port, host) {
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true });
  await once(server.listen(port, host), 'listening');
  return server;
}
const dial = (port, host) => net.connect({ port, host, allowHalfOpen: true });
async function pair(server, host = '127.0.0.1') {
  const client = dial(server.address().port, host);
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(client, 'connect')]);
  return { client, accepted };
}
async function ended(socket) {
  socket.resume();
  await once(socket, 'end');
}

const plain = await listen(7000, '127.0.0.1');
const silent = await listen(7001, '127.0.0.1');
const deaf = await listen(7002, '127.0.0.1');
const last = await listen(7003, '127.0.0.1');
const six = await listen(7000, '::1');
const both = await listen(7004, '::');

const { client } = await pair(plain);
client.write('hello');
await pair(six, '::1');
await pair(both);
for (let i = 0; i < 2; i++) {
  const { client, accepted } = await pair(plain);
  client.end();
  await ended(accepted);
}
for (let i = 0; i < 4; i++) {
  const { client, accepted } = await pair(plain);
  client.end();
  await ended(accepted);
  accepted.end();
  await ended(client);
}
dial(7001, '127.0.0.1');
(await pair(deaf)).client.end();
const { client: one, accepted: other } = await pair(last);
one.end();
await ended(other);
other.end();
console.log('all there');
process.stdin.resume().on('end', () => process.exit());
`;

/** What becomes of them once the kernel has nothing more to do. */
const SETTLED: Census = {
  LISTEN: 6,
  'SYN-SENT': 1,
  'SYN-RECEIVED': 1,
  ESTABLISHED: 7,
  'FIN-WAIT-1': 1,
  'FIN-WAIT-2': 3,
  'CLOSE-WAIT': 2,
  'LAST-ACK': 1,
  'TIME-WAIT': 4,
};

export interface KnownSockets extends AsyncDisposable {
  census: Census;
  /** Runs a command among them; resolves with what it prints. */
  run: (...argv: string[]) => Promise<string>;
}

/** A network namespace whose sockets stand in known states, for a minute at least. */
export async function openKnownSockets(): Promise<KnownSockets> {
  requireForTest('nft', 'ss', 'netstat', 'awk');
  const namespace = await openNamespace();
  let program: TestProgram | undefined;
  const close = async (): Promise<void> => {
    await program?.[Symbol.asyncDispose]();
    await namespace[Symbol.asyncDispose]();
  };
  const run = async (...argv: string[]): Promise<string> => {
    const [file = '', ...args] = namespace.enter(argv);
    return (await promisify(execFile)(file, args, { env: { ...process.env, LC_ALL: 'C' } })).stdout;
  };
  try {
    await run('nft', LOSSES);
    const script = [process.execPath, '--input-type=module', '--eval', SOCKETS];
    program = new TestProgram(namespace.enter(script));
    await program.printed('all there');
    await settled(run);
    return { census: SETTLED, run, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** An acknowledgement may come later than the program's end of its work: the kernel is looked at. */
async function settled(run: KnownSockets['run']): Promise<void> {
  const deadline = performance.now() + 20_000;
  const wanted = words(SETTLED);
  let now = '';
  while (now !== wanted) {
    if (performance.now() > deadline) throw new Error(`the sockets are ${now}, not ${wanted}`);
    now = words(censusOf(parseSs(await run('ss', '-Htan'))));
  }
}

const words = (census: Census): string => Object.entries(census).sort().join(' ');
