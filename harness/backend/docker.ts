import type Docker from 'dockerode';
import pMemoize from 'p-memoize';
import type { Hello } from '../agent/protocol.ts';
import { isOverWithin, unlessAborted, withDeadline } from '../deadline.ts';
import type { HostName } from '../evidence/events.ts';
import { AgentClient } from './agent-client.ts';
import type { Backend, HostHandle, HostSpec, Pair } from './backend.ts';
import { connect } from './docker-client.ts';
import { attach, createContainer, gone, OWNER_LABEL } from './docker-container.ts';
import { withLinker, type End } from './docker-link.ts';
import { reasonOf } from './docker-progress.ts';
import { BackendError, LeftBehindError } from './errors.ts';
import { ensureImage, imageExists, imageTag } from './image.ts';
import { addressesOf, inOrder, INTERFACE } from './link.ts';
import { isDead, parseOwner } from './owner.ts';
import { CODE_DIR, codeArchive } from './upload.ts';
import { watchOver } from './watchdog.ts';
import { told, type Told } from '../told.ts';

/** Milliseconds; a daemon that is there answers in a few. */
const ANSWERS_WITHIN = 3000;

/** Milliseconds; an agent leaves in a few, and who does not by then is killed. */
const LEAVES_WITHIN = 1000;
/** Milliseconds; the daemon takes some hundred to clean up behind a container, on a busy machine some thousand. */
const REMOVED_WITHIN = 20_000;

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
  const { docker } = connect({ answersWithin: ANSWERS_WITHIN });
  try {
    const { Version } = await docker.version();
    return Version;
  } catch (cause) {
    throw new BackendError(told('no Docker daemon answers: {why}', { why: reasonOf(cause) }), {
      hint: told('start Docker, or use --backend netns'),
      cause,
    });
  }
}

/** Whether the image is there, so that a run need not build it first. */
export const hasImage = async (): Promise<boolean> =>
  imageExists(connect().docker, await imageTag());

async function start(
  specs: Record<HostName, HostSpec>,
  progress: (line: string) => void,
  signal = new AbortController().signal,
): Promise<Pair> {
  const { docker: client, isInDoubt } = connect({ signal });
  // A build that is broken off is taken back before anything else.
  const [ensured, asked] = await Promise.allSettled([
    ensureImage(client, progress, signal),
    unlessAborted(signal, Promise.all([daemon(), reapOnce()])),
  ]);
  signal.throwIfAborted();
  const image = value(ensured);
  const [{ Arch, KernelVersion }] = value(asked);
  const archive = await codeArchive(Arch);
  signal.throwIfAborted();
  const over = watchOver();
  const linking = withLinker(client, image);
  const begun: Begun[] = [];
  const close = once(async () => {
    const ended = [...begun.map(end), linking.then(({ release }) => release(), nothing)];
    const settled = await Promise.allSettled(ended);
    // Else it is watched over to our end, and then looked for.
    if (!isInDoubt()) over();
    settled.forEach(value);
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
    signal.throwIfAborted();
    const { stdin, stdout, lastWords } = await attach(client, container);
    stdin.write(archive);
    const agent = new AgentClient(name, stdin, stdout, lastWords);
    signal.throwIfAborted();
    await container.start();
    mine.agent = agent;
    return { container, agent, hello: await unlessAborted(signal, agent.call('hello', {})) };
  };
  try {
    // All are over, well or not, before anything is taken back.
    const started = await Promise.allSettled([host('server'), host('client'), linking]);
    const [server, other, { link }] = [value(started[0]), value(started[1]), value(started[2])];
    await unlessAborted(signal, link(endOf(server), endOf(other)));
    const address = addressesOf(server.hello.netns);
    return {
      hosts: { server: handle(server, address.server), client: handle(other, address.client) },
      toolbox: image,
      close,
    };
  } catch (cause) {
    await close().catch((left: unknown) => {
      throw new LeftBehindError(told('Docker: {why}', { why: reasonOf(left) }), { cause });
    });
    signal.throwIfAborted();
    if (cause instanceof BackendError) throw cause;
    throw new BackendError(told('Docker: {why}', { why: reasonOf(cause) }), { cause });
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
const daemon = pMemoize(() => connect().docker.version() as Promise<Daemon>);

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
  const removed = container.wait({ condition: 'removed' }).then(nothing, nothing);
  if (agent !== undefined) {
    agent.close();
    if (await isOverWithin(LEAVES_WITHIN, agent.ended)) await isOverWithin(REMOVED_WITHIN, removed);
  }
  await gone(container.remove({ force: true }));
  await withDeadline(told('the daemon to remove a container'), REMOVED_WITHIN, removed);
}

/** Removes what runs of this machine that are dead have left; says what it was. */
export async function reap(): Promise<Told[]> {
  return reapDead(connect().docker);
}

/** What is dead when a process of ours begins; what dies beside it has its own watch over it. */
const reapOnce = pMemoize(reap);

export async function reapDead(client: Docker): Promise<Told[]> {
  const filters = { label: [OWNER_LABEL] };
  const containers = await client.listContainers({ all: true, filters });
  const removed: Told[] = [];
  for (const { Id } of containers.filter(({ Labels }) => isDeads(Labels))) {
    await gone(client.getContainer(Id).remove({ force: true }));
    removed.push(told('container {name}', { name: Id.slice(0, 12) }));
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
