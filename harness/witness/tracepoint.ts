import { execa } from 'execa';
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { hostEnvironment } from '../agent/environment.ts';
import { isOverWithin, unlessAborted, withDeadline } from '../deadline.ts';
import type { HostName } from '../evidence/events.ts';
import type { Stream } from '../evidence/stream.ts';
import { gone } from '../helper-process.ts';
import { parseTransition, type Transition } from '../tcp/states/transition.ts';
import type { RunClock } from './clock.ts';
import { OwnSockets } from './own-sockets.ts';
import { REMOVE, TRACER } from './tracer.ts';
import { told, ToldError, toldBy, verbatim, type Told } from '../told.ts';

export interface Traced {
  address: string;
  /** Inode of the host's network namespace. */
  netns: number;
}

/** A running tracer; `sync` resolves when all that happened before it has arrived. */
export interface Tracepoint {
  sync(): Promise<void>;
  stop(): Promise<void>;
}

/** Why the tracepoint cannot be read, in a line. */
export class NoTracepoint extends ToldError {
  override readonly name = 'NoTracepoint';
}

/** Milliseconds; on a busy machine it takes a few hundred. */
const ANSWERS_WITHIN = 20_000;
const REMOVED_WITHIN = 10_000;

/**
 * Starts reading sock:inet_sock_set_state for two hosts on this very kernel.
 * @param onLost is told when the tracer ends before it is stopped
 * @param signal aborted: whatever has been started is ended, and it rejects
 * @throws NoTracepoint when this user or kernel cannot
 */
export async function trace(
  hosts: Record<HostName, Traced>,
  bootId: string,
  clock: RunClock,
  stream: Stream,
  { onLost, signal }: { onLost: (error: Error) => void; signal: AbortSignal },
): Promise<Tracepoint> {
  if (process.getuid?.() !== 0) throw new NoTracepoint(told('only root may read it'));
  if (bootId !== ownBootId()) throw new NoTracepoint(told('the hosts run on another kernel'));
  signal.throwIfAborted();
  const name = `${process.pid}-${startTime()}-${randomBytes(4).toString('hex')}`;
  const filter = filterOf([hosts.server.address, hosts.client.address]);
  const child = start(TRACER, name, filter);
  const marks = new Map<string, () => void>();
  const own = new OwnSockets<Transition>();
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const mark = /tracing_mark_write: (\S+)/.exec(line)?.[1];
    if (mark !== undefined) marks.get(mark)?.();
    else append(parseTransition(line), hosts, own, clock, stream);
  });
  const died = child.then(({ stderr }) => {
    throw new NoTracepoint(lastLine(stderr) ?? told('it ended'));
  });
  died.catch(() => undefined);
  const sync = (): Promise<void> => {
    const nonce = `marker-${randomBytes(6).toString('hex')}`;
    const seen = new Promise<void>((resolve) => marks.set(nonce, resolve));
    child.stdin.write(`${nonce}\n`);
    const answer = Promise.race([seen, died]).finally(() => marks.delete(nonce));
    return withDeadline(told("the kernel's tracepoint to show a mark"), ANSWERS_WITHIN, answer);
  };
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    if (!child.stdin.writableEnded) child.stdin.end();
    return (stopping ??= removed(name, child));
  };
  try {
    await unlessAborted(signal, sync());
  } catch (error) {
    // Where a tracer cannot be, nothing of it is left; else the error is the first of two.
    await stop().catch(() => undefined);
    throw error;
  }
  died.catch((error: unknown) => {
    if (stopping !== undefined) return;
    onLost(
      new NoTracepoint(told("the kernel's tracepoint is lost: {why}", { why: toldBy(error) })),
    );
  });
  return { sync, stop };
}

function start(script: string, ...args: string[]) {
  return execa('unshare', ['-m', '--', 'sh', '-c', script, 'sh', ...args], {
    stdin: 'pipe',
    env: hostEnvironment(),
    extendEnv: false,
    buffer: { stdout: false, stderr: true },
    reject: false,
    detached: true,
  });
}

/** Resolves when the tracer is gone, and its instance too, which one that was killed leaves behind. */
async function removed(name: string, tracer: ReturnType<typeof start>): Promise<void> {
  await gone(told("the kernel's tracepoint"), tracer);
  const { exitCode } = await tracer;
  if (exitCode === 0) return;
  const removing = start(REMOVE, name);
  const over = isOverWithin(REMOVED_WITHIN, removing);
  if (!(await over)) await gone(told('the removal of a tracefs instance'), removing);
  const { exitCode: status, stderr } = await removing;
  if (status === 0) return;
  const params = { name: `socket-lab-${name}`, why: lastLine(stderr) ?? told('it ended') };
  throw new ToldError(told('cannot remove the tracefs instance {name}: {why}', params));
}

function lastLine(text: string): Told | undefined {
  const line = text
    .trim()
    .split('\n')
    .findLast((line) => line !== '');
  return line === undefined ? undefined : verbatim(line);
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
  own: OwnSockets<Transition>,
  clock: RunClock,
  stream: Stream,
): void {
  if (parsed === null) return;
  if ('lost' in parsed) {
    const t = clock.at(process.hrtime.bigint());
    const remark = told("the kernel's tracepoint lost {n} events", { n: parsed.lost });
    stream.append(t, { type: 'note', ...remark });
    return;
  }
  if (parsed.protocol !== 'IPPROTO_TCP') return;
  const host = hostOf(parsed, hosts);
  if (host === undefined) return;
  for (const { time, local, peer, from, to, pid, command } of own.of(host, parsed)) {
    const change = { host, local, peer, from, to, pid, command };
    stream.append(clock.at(time), { type: 'transition', ...change });
  }
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
