import { execa } from 'execa';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { hostEnvironment } from '../agent/environment.ts';
import type { Hello } from '../agent/protocol.ts';
import { unlessAborted, withDeadline } from '../deadline.ts';
import { gone } from '../helper-process.ts';
import { typed } from '../installation.ts';
import { AgentClient } from './agent-client.ts';
import type { Backend, HostHandle, Pair } from './backend.ts';
import { code } from './code.ts';
import { BackendError } from './errors.ts';
import { addressesOf, IN_ORDER, INTERFACE } from './link.ts';
import { told, ToldError, toldBy, verbatim } from '../told.ts';

const MASK = `/proc/sys/${IN_ORDER.sysctl.replaceAll('.', '/')}`;
const KEEP_ORDER = `[ ! -e ${MASK} ] || echo ${IN_ORDER.value} >${MASK}`;

/**
 * Starts both agents, each in network, process and mount namespaces without a name, and links them
 * when they are up. All of it dies with the harness: an agent is its namespace's first process, so
 * with it end all that ever started there, and the kernel frees namespaces and links. Nobody but a host
 * has the ends of its pipes: that it is gone is seen at once.
 */
const LAUNCH = `
host() {
  exec setpriv --pdeathsig KILL unshare --net --mount --pid --fork --kill-child --mount-proc -- \
    sh -c '${KEEP_ORDER}; exec "$@"' sh "$@"
}
host "$@" <&3 >&4 3<&- 4>&- 5<&- 6>&- 7<&- 8>&- & server=$!
host "$@" <&5 >&6 2>&8 3<&- 4>&- 5<&- 6>&- 7<&- 8>&- & client=$!
exec 3<&- 4>&- 5<&- 6>&- 8>&-
read -r up <&7 &&
  ip link add name ${INTERFACE} netns $server type veth peer name ${INTERFACE} netns $client &&
  echo linked || exit
wait`;

/**
 * A host has a hash table of its connections to itself, and a small one: else a look at its sockets
 * walks through the machine's, which has hundreds of thousands of rows (ip-sysctl.rst
 * tcp_child_ehash_entries). Kernels before 6.1 have but one. To be set where its namespace is made.
 */
const SMALL_TABLES = `echo 4096 2>/dev/null >/proc/sys/net/ipv4/tcp_child_ehash_entries || :`;

/** As an ordinary user: a user namespace in which we are ourselves and have all capabilities. */
const ROOTLESS = ['--user', '--map-current-user', '--keep-caps'];

/** Milliseconds; it takes a few dozen. */
const LINKED_WITHIN = 20_000;

export const netns: Backend = { name: 'netns', start };

async function start(
  _specs: unknown,
  _progress: unknown,
  signal = new AbortController().signal,
): Promise<Pair> {
  const { agent, dir } = await code();
  signal.throwIfAborted();
  const launcher = launch([process.execPath, agent]);
  const pipe = (fd: number): Duplex => launcher.stdio[fd] as unknown as Duplex;
  const server = new AgentClient('server', pipe(3), pipe(4), () => '');
  const client = new AgentClient('client', pipe(5), pipe(6), () => '');
  const end = async (): Promise<void> => {
    server.close();
    client.close();
    pipe(7).end();
    await gone(told('the hosts'), launcher);
  };
  let ending: Promise<void> | undefined;
  const close = (): Promise<void> => (ending ??= end());
  const bringUp = async (): Promise<[Hello, Hello]> => {
    const hellos = await Promise.all([server.call('hello', {}), client.call('hello', {})]);
    const linked = once(launcher.stdout, 'data');
    pipe(7).end('up\n');
    // Its exit, not its end: a host whose parent was killed just when it had been forked still has its stderr.
    const failed = once(launcher, 'exit').then(() =>
      Promise.reject(new ToldError(told('it ended'))),
    );
    const isUp = Promise.race([linked, failed]);
    await withDeadline(told('the hosts to be linked'), LINKED_WITHIN, isUp);
    return hellos;
  };
  try {
    const [one, two] = await unlessAborted(signal, bringUp());
    const address = addressesOf(one.netns);
    return {
      toolbox: 'this machine',
      hosts: {
        server: handle(server, one, address.server, dir),
        client: handle(client, two, address.client, dir),
      },
      close,
    };
  } catch (cause) {
    await close();
    signal.throwIfAborted();
    const said = complaintOf(await launcher);
    const why = said === '' ? toldBy(cause) : said;
    throw new BackendError(told('cannot make network namespaces: {why}', { why }), {
      hint: verbatim(typed('doctor')),
      cause,
    });
  }
}

/** What the launcher complains of first; the client complains by itself, or the two would mix their lines. */
const complaintOf = ({
  stderr,
  stdio: { 8: client },
}: Awaited<ReturnType<typeof launch>>): string =>
  [stderr, client].map((text) => text.trim().split('\n')[0]).find((line) => line !== '') ?? '';

/**
 * The launcher, which says when the hosts are linked. 3 to 6 are the hosts' pipes, 7 tells it to link,
 * 8 is the client's stderr.
 */
function launch(agent: string[]) {
  const rootless = process.getuid?.() !== 0;
  // The launcher's own network namespace: links are made from one that one may administer.
  const ours = [...(rootless ? ROOTLESS : []), '--net', '--'];
  const script = ['setpriv', '--pdeathsig', 'KILL', 'sh', '-c', SMALL_TABLES + LAUNCH];
  return execa('unshare', [...ours, ...script, 'socket-lab', ...agent], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    // Not what the agents report: that is read as it comes, and is much.
    buffer: { stdout: false, fd3: false, fd4: false, fd5: false, fd6: false, fd7: false },
    env: hostEnvironment(),
    extendEnv: false,
    reject: false,
    // Ctrl-C at the terminal is for the harness alone, which then tidies up.
    detached: true,
  });
}

function handle(agent: AgentClient, hello: Hello, address: string, dir: string): HostHandle {
  return {
    agent,
    hello,
    interface: INTERFACE,
    address,
    programCommand: (file) => [process.execPath, `${dir}/${file}`],
  };
}
