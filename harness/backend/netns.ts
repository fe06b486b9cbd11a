import { execa } from 'execa';
import type { Duplex, Readable, Writable } from 'node:stream';
import type { Hello } from '../agent/protocol.ts';
import type { HostName } from '../evidence/events.ts';
import { AgentClient } from './agent-client.ts';
import type { Backend, HostHandle, HostSpec, Pair } from './backend.ts';
import { code } from './bundle.ts';
import { BackendError } from './errors.ts';

const INTERFACE = 'eth0';

/**
 * Starts both agents, each in a network namespace without a name. All of it is children of this
 * shell and dies with the harness: the kernel then frees namespaces and links.
 */
const LAUNCH = `
unshare -n -- setpriv --pdeathsig KILL "$1" "$2" <&3 >&4 3<&- 4>&- 5<&- 6>&- &
unshare -n -- setpriv --pdeathsig KILL "$1" "$2" <&5 >&6 3<&- 4>&- 5<&- 6>&- &
wait`;

/** As an ordinary user: a user namespace in which we are ourselves and have all capabilities. */
const ROOTLESS = ['unshare', '--user', '--map-current-user', '--keep-caps', '--'];

export const netns: Backend = { name: 'netns', start };

async function start(specs: Record<HostName, HostSpec>): Promise<Pair> {
  const { agent, dir } = await code();
  const rootless = process.getuid?.() !== 0;
  const [file = '', ...args] = [
    ...(rootless ? ROOTLESS : []),
    ...[
      'setpriv',
      '--pdeathsig',
      'KILL',
      'sh',
      '-c',
      LAUNCH,
      'socket-lab',
      process.execPath,
      agent,
    ],
  ];
  const launcher = execa(file, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    buffer: { stdout: false, stderr: true },
    reject: false,
    // Ctrl-C at the terminal is for the harness alone, which then tidies up.
    detached: true,
    cleanup: true,
    encoding: 'utf8',
  });
  const said = (): string => '';
  const pipe = (fd: number): Duplex => launcher.stdio[fd] as unknown as Duplex;
  const server = new AgentClient(pipe(3) as Writable, pipe(4) as Readable, said);
  const client = new AgentClient(pipe(5) as Writable, pipe(6) as Readable, said);
  const close = async (): Promise<void> => {
    server.close();
    client.close();
    await launcher;
  };
  try {
    const [one, two] = await Promise.all([server.call('hello', {}), client.call('hello', {})]);
    await server.call('link', { interface: INTERFACE, peerPid: two.pid });
    const network = networkOf(one.netns);
    void specs;
    return {
      hosts: {
        server: handle(server, one, `${network}.1`, dir),
        client: handle(client, two, `${network}.2`, dir),
      },
      close,
    };
  } catch (error) {
    await close();
    const { stderr } = await launcher;
    throw new BackendError(
      `cannot make network namespaces: ${firstLine(stderr) ?? (error as Error).message}`,
      {
        hint: 'npm run lab -- doctor',
        cause: error,
      },
    );
  }
}

/**
 * Addresses that no other lab on this kernel has at this time, so that the kernel's tracepoint,
 * which does not know namespaces, can be read by address: the inode of a living network namespace
 * is unique, and the kernel hands them out densely.
 */
function networkOf(inode: number): string {
  return `10.${(inode >> 8) & 0xff}.${inode & 0xff}`;
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

const firstLine = (text: string | undefined): string | undefined =>
  text?.trim().split('\n')[0] === '' ? undefined : text?.trim().split('\n')[0];
