import { execa } from 'execa';
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { hostEnvironment } from '../agent/environment.ts';
import type { HostName } from '../evidence/events.ts';
import type { Stream } from '../evidence/stream.ts';
import { parseTransition, type Transition } from '../tcp/transition.ts';
import type { RunClock } from './clock.ts';
import { TRACER } from './tracer.ts';

export interface Traced {
  address: string;
  /** Inode of the host's network namespace. */
  netns: number;
}

/** A running tracer; `fence` resolves when all that happened before it has arrived. */
export interface Tracepoint {
  fence(): Promise<void>;
  stop(): Promise<void>;
}

/** Why the tracepoint cannot be read, in a line. */
export class NoTracepoint extends Error {
  override readonly name = 'NoTracepoint';
}

/**
 * Starts reading sock:inet_sock_set_state for two hosts on this very kernel.
 * @throws NoTracepoint when this user or kernel cannot.
 */
export async function trace(
  hosts: Record<HostName, Traced>,
  bootId: string,
  clock: RunClock,
  stream: Stream,
): Promise<Tracepoint> {
  if (process.getuid?.() !== 0) throw new NoTracepoint('only root may read it');
  if (bootId !== ownBootId()) throw new NoTracepoint('the hosts run on another kernel');
  const name = `${process.pid}-${startTime()}-${randomBytes(4).toString('hex')}`;
  const filter = filterOf([hosts.server.address, hosts.client.address]);
  const child = execa('unshare', ['-m', '--', 'sh', '-c', TRACER, 'sh', name, filter], {
    stdin: 'pipe',
    env: hostEnvironment(),
    extendEnv: false,
    buffer: { stdout: false, stderr: true },
    reject: false,
    detached: true,
  });
  const fences = new Map<string, () => void>();
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const mark = /tracing_mark_write: (\S+)/.exec(line)?.[1];
    if (mark !== undefined) fences.get(mark)?.();
    else append(parseTransition(line), hosts, clock, stream);
  });
  const fence = (): Promise<void> => {
    const nonce = `fence-${randomBytes(6).toString('hex')}`;
    const seen = new Promise<void>((resolve) => fences.set(nonce, resolve));
    child.stdin.write(`${nonce}\n`);
    return seen;
  };
  const died = child.then(({ stderr }) => {
    throw new NoTracepoint(
      stderr
        .trim()
        .split('\n')
        .findLast((line) => line !== '') ?? 'it ended',
    );
  });
  died.catch(() => undefined);
  await Promise.race([fence(), died]);
  return {
    fence: () => Promise.race([fence(), died]),
    stop: async () => {
      if (!child.stdin.writableEnded) child.stdin.end();
      await child;
    },
  };
}

const ownBootId = (): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
};

/** A listener on any address has neither of ours: the reader tells it by its process. */
const filterOf = (addresses: string[]): string =>
  [...addresses.map(littleEndian).map((n) => `saddr == ${n} || daddr == ${n}`), 'saddr == 0'].join(
    ' || ',
  );

/** The kernel compares the four octets of an address as one number in its own byte order. */
function littleEndian(address: string): string {
  const octets = address.split('.').map(Number);
  return `0x${Buffer.from(octets.reverse()).toString('hex')}`;
}

function startTime(): string {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
}

function append(
  parsed: ReturnType<typeof parseTransition>,
  hosts: Record<HostName, Traced>,
  clock: RunClock,
  stream: Stream,
): void {
  if (parsed === null) return;
  if ('lost' in parsed) {
    const t = clock.at(process.hrtime.bigint());
    stream.append(t, { type: 'note', text: `the kernel's tracepoint lost ${parsed.lost} events` });
    return;
  }
  if (parsed.protocol !== 'IPPROTO_TCP') return;
  const host = hostOf(parsed, hosts);
  if (host === undefined) return;
  const { local, peer, from, to, pid, command } = parsed;
  stream.append(clock.at(parsed.time), {
    type: 'transition',
    host,
    local,
    peer,
    from,
    to,
    pid,
    command,
  });
}

/**
 * Whose socket it is: told by its address, which no other lab has. A listener on any address
 * (0.0.0.0) is told by the namespace of the process that made the call, if that still lives.
 */
function hostOf({ local, pid }: Transition, hosts: Record<HostName, Traced>): HostName | undefined {
  const names = ['server', 'client'] as const;
  const own = names.find((name) => hosts[name].address === local.address);
  if (own !== undefined || local.address !== '0.0.0.0') return own;
  const netns = namespaceOf(pid);
  return names.find((name) => hosts[name].netns === netns);
}

function namespaceOf(pid: number): number | undefined {
  try {
    return Number(/\d+/.exec(readlinkSync(`/proc/${pid}/ns/net`))?.[0]);
  } catch {
    return undefined;
  }
}
