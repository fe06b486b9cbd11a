import Docker from 'dockerode';
import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { HostName } from '../evidence/events.ts';
import { AgentClient } from './agent-client.ts';
import type { Backend, HostHandle, HostSpec, Pair } from './backend.ts';
import { reasonOf } from './docker-progress.ts';
import { BackendError } from './errors.ts';
import { ensureImage } from './image.ts';
import { formatOwner, isDead, parseOwner, thisProcess } from './owner.ts';
import { CODE_DIR, codeArchive } from './upload.ts';
import { watchOver } from './watchdog.ts';

/** On every container and network of ours: the process that made it. */
export const OWNER_LABEL = 'socket-lab.owner';
const INTERFACE = 'eth0';

/** Milliseconds; a daemon that is there answers in a few. */
const ANSWERS_WITHIN = 3000;

/** Enough for any program under test, and an end to a runaway. */
export const LIMITS = { Memory: 512 << 20, MemorySwap: 512 << 20, PidsLimit: 512 };

/**
 * NET_ADMIN for the wire, NET_RAW for the captures; SETPCAP only so that the agent can take both
 * away from the programs under test. Docker gives more than that by default.
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
  const [image, archive] = await Promise.all([
    ensureImage(client, progress, signal),
    architecture(client).then(codeArchive),
    reapDead(client),
  ]);
  const labels = { [OWNER_LABEL]: formatOwner(thisProcess()) };
  signal?.throwIfAborted();
  const over = watchOver();
  const undo: (() => Promise<void>)[] = [
    () => {
      over();
      return Promise.resolve();
    },
  ];
  const close = once(async () => {
    for (const step of undo.reverse()) await step();
  });
  try {
    const network = await client.createNetwork({
      Name: `socket-lab-${randomBytes(6).toString('hex')}`,
      Driver: 'bridge',
      // No way out: neither the Internet nor other networks of this daemon.
      Internal: true,
      Labels: labels,
    });
    undo.push(async () => {
      await gone(network.remove());
    });
    signal?.throwIfAborted();
    const containers: Docker.Container[] = [];
    undo.push(async () => {
      await Promise.all(containers.map((container) => gone(container.remove({ force: true }))));
    });
    const host = async (name: HostName): Promise<HostHandle> => {
      const container = await client.createContainer({
        Image: image,
        Hostname: name,
        Cmd: unpacking(archive.length, ['node', `${CODE_DIR}/agent.cjs`]),
        Labels: labels,
        // When the harness dies, however it dies, the agent reads end-of-file.
        OpenStdin: true,
        StdinOnce: true,
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
        HostConfig: {
          AutoRemove: true,
          NetworkMode: network.id,
          CapDrop: ['ALL'],
          CapAdd: CAPABILITIES,
          SecurityOpt: ['no-new-privileges'],
          Sysctls: specs[name].sysctls,
          ...LIMITS,
        },
      });
      containers.push(container);
      signal?.throwIfAborted();
      const agent = await attach(client, container, archive);
      signal?.throwIfAborted();
      await container.start();
      return {
        agent,
        hello: await agent.call('hello', {}),
        interface: INTERFACE,
        programCommand: (file) => ['node', `${CODE_DIR}/${file}`],
      };
    };
    // Both are over, well or not, before anything is taken back.
    const [server, client_] = await Promise.allSettled([host('server'), host('client')]);
    return { hosts: { server: value(server), client: value(client_) }, toolbox: image, close };
  } catch (cause) {
    await close();
    if (cause instanceof BackendError) throw cause;
    throw new BackendError(`Docker: ${reasonOf(cause)}`, { cause });
  }
}

let known: Promise<string> | undefined;

/** Asked once: the daemon starts two programs for every answer. */
const architecture = (client: Docker): Promise<string> =>
  (known ??= client.version().then(
    ({ Arch }) => Arch,
    (error: unknown) => {
      known = undefined;
      throw error;
    },
  ));

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

/** The agent's stream, with our code sent ahead. */
async function attach(
  client: Docker,
  container: Docker.Container,
  archive: Buffer,
): Promise<AgentClient> {
  const stream = await container.attach({
    stream: true,
    hijack: true,
    stdin: true,
    stdout: true,
    stderr: true,
  });
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  client.modem.demuxStream(stream, stdout, stderr);
  let said = '';
  stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4096);
  });
  stream.on('close', () => stdout.end());
  stream.on('end', () => stdout.end());
  stream.write(archive);
  return new AgentClient(stream, stdout, () => said);
}

/** Removes what runs of this machine that are dead have left; says what it was. */
export async function reap(): Promise<string[]> {
  return reapDead(connect(60_000));
}

export async function reapDead(client: Docker): Promise<string[]> {
  const filters = { label: [OWNER_LABEL] };
  const containers = await client.listContainers({ all: true, filters });
  const networks = await client.listNetworks({ filters });
  const removed: string[] = [];
  for (const { Id } of containers.filter(({ Labels }) => isDeads(Labels))) {
    await gone(client.getContainer(Id).remove({ force: true }));
    removed.push(`container ${Id.slice(0, 12)}`);
  }
  for (const { Id, Name } of networks.filter(({ Labels }) => isDeads(Labels))) {
    await gone(client.getNetwork(Id).remove());
    removed.push(`network ${Name}`);
  }
  return removed;
}

function isDeads(labels: Record<string, string> | undefined): boolean {
  const owner = parseOwner(labels?.[OWNER_LABEL] ?? '');
  return owner !== undefined && isDead(owner);
}

/** It is gone or about to be: that is all that was wanted. */
export async function gone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    // 404 no such thing; 409 its removal is in progress already.
    if (statusCode !== 404 && statusCode !== 409) throw error;
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}

function value<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}
