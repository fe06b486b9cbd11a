import Docker from 'dockerode';
import { setTimeout as delay } from 'node:timers/promises';
import pMemoize from 'p-memoize';
import type { Hello } from '../agent/protocol.ts';
import type { HostName } from '../evidence/events.ts';
import { AgentClient } from './agent-client.ts';
import type { Backend, HostHandle, HostSpec, Pair } from './backend.ts';
import { attach, createContainer, gone, OWNER_LABEL } from './docker-container.ts';
import { withLinker, type End } from './docker-link.ts';
import { reasonOf } from './docker-progress.ts';
import { BackendError } from './errors.ts';
import { ensureImage } from './image.ts';
import { addressesOf, inOrder, INTERFACE } from './link.ts';
import { isDead, parseOwner } from './owner.ts';
import { CODE_DIR, codeArchive } from './upload.ts';
import { watchOver } from './watchdog.ts';

/** Milliseconds; a daemon that is there answers in a few. */
const ANSWERS_WITHIN = 3000;

/** Milliseconds, as long as `docker stop` waits by default; an agent leaves in a few. */
const LEAVES_WITHIN = 10_000;

/**
 * NET_ADMIN for the wire, NET_RAW for the captures; SETPCAP only so that the agent can take both
 * away from the programs under test.
 */
const CAPABILITIES = ['NET_ADMIN', 'NET_RAW', 'SETPCAP'];

export const docker: Backend = { name: 'docker', start };

/**
 * The daemon's version.
 * @throws BackendError when none answers
 */
export async function dockerVersion(): Promise<string> {
  const client = connect(ANSWERS_WITHIN);
  try {
    const { Version } = await client.version();
    return Version;
  } catch (cause) {
    throw new BackendError(`no Docker daemon answers: ${reasonOf(cause)}`, {
      hint: 'start Docker, or use --backend netns',
      cause,
    });
  }
}

/** DOCKER_HOST and its kin are respected (docker-modem). */
export const connect = (timeout?: number): Docker =>
  new Docker(timeout === undefined ? {} : { timeout });

async function start(
  specs: Record<HostName, HostSpec>,
  progress: (line: string) => void,
  signal?: AbortSignal,
): Promise<Pair> {
  const client = connect();
  const [image, { Arch, KernelVersion }] = await Promise.all([
    ensureImage(client, progress, signal),
    daemon(),
    reapOnce(),
  ]);
  const archive = await codeArchive(Arch);
  signal?.throwIfAborted();
  const over = watchOver();
  const linking = withLinker(client, image);
  const begun: Begun[] = [];
  const close = once(async () => {
    await Promise.all(begun.map(end));
    await linking.then(({ release }) => release(), nothing);
    over();
  });
  const host = async (name: HostName): Promise<Started> => {
    const container = await createContainer(client, {
      image,
      hostname: name,
      command: unpacking(archive.length, ['node', `${CODE_DIR}/agent.cjs`]),
      capabilities: CAPABILITIES,
      sysctls: { ...specs[name].sysctls, ...inOrder(KernelVersion) },
    });
    const mine: Begun = { container };
    begun.push(mine);
    signal?.throwIfAborted();
    const { stdin, stdout, lastWords } = await attach(client, container);
    stdin.write(archive);
    const agent = new AgentClient(stdin, stdout, lastWords);
    signal?.throwIfAborted();
    await container.start();
    mine.agent = agent;
    return { container, agent, hello: await agent.call('hello', {}) };
  };
  try {
    // All are over, well or not, before anything is taken back.
    const started = await Promise.allSettled([host('server'), host('client'), linking]);
    const [server, other, { link }] = [value(started[0]), value(started[1]), value(started[2])];
    signal?.throwIfAborted();
    await link(endOf(server), endOf(other));
    const address = addressesOf(server.hello.netns);
    return {
      hosts: { server: handle(server, address.server), client: handle(other, address.client) },
      toolbox: image,
      close,
    };
  } catch (cause) {
    await close();
    if (cause instanceof BackendError) throw cause;
    throw new BackendError(`Docker: ${reasonOf(cause)}`, { cause });
  }
}

interface Begun {
  container: Docker.Container;
  /** What runs in it, when it does. */
  agent?: AgentClient;
}

interface Started {
  container: Docker.Container;
  agent: AgentClient;
  hello: Hello;
}

const endOf = ({ container, hello }: Started): End => ({ container, netns: hello.netns });

const handle = ({ agent, hello }: Started, address: string): HostHandle => ({
  agent,
  hello,
  interface: INTERFACE,
  address,
  programCommand: (file) => ['node', `${CODE_DIR}/${file}`],
});

interface Daemon {
  Arch: string;
  /** Of the machine that it runs on. */
  KernelVersion: string;
}

/** Asked once: the daemon starts two programs for every answer. */
const daemon = pMemoize(() => connect().version() as Promise<Daemon>);

/**
 * Takes our code from the head of stdin and becomes the agent. (The daemon's own upload starts a
 * copy of the daemon for every container.)
 */
const unpacking = (octets: number, agent: string[]): string[] => [
  'sh',
  '-c',
  `head -c ${octets} | tar -x -C / --no-same-owner && exec "$@"`,
  'socket-lab',
  ...agent,
];

/** An agent that reads end-of-file leaves, and its container goes with it: cheaper than to kill it. */
async function end({ container, agent }: Begun): Promise<void> {
  if (agent !== undefined) {
    agent.close();
    const left = container.wait({ condition: 'removed' }).then(nothing, nothing);
    await Promise.race([left, delay(LEAVES_WITHIN, undefined, { ref: false })]);
  }
  await gone(container.remove({ force: true }));
}

/** Removes what runs of this machine that are dead have left; says what it was. */
export async function reap(): Promise<string[]> {
  return reapDead(connect(60_000));
}

/** What is dead when a process of ours begins; what dies beside it has its own watch over it. */
const reapOnce = pMemoize(reap);

export async function reapDead(client: Docker): Promise<string[]> {
  const filters = { label: [OWNER_LABEL] };
  const containers = await client.listContainers({ all: true, filters });
  const removed: string[] = [];
  for (const { Id } of containers.filter(({ Labels }) => isDeads(Labels))) {
    await gone(client.getContainer(Id).remove({ force: true }));
    removed.push(`container ${Id.slice(0, 12)}`);
  }
  return removed;
}

function isDeads(labels: Record<string, string> | undefined): boolean {
  const owner = parseOwner(labels?.[OWNER_LABEL] ?? '');
  return owner !== undefined && isDead(owner);
}

const nothing = (): void => undefined;

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}

function value<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}
