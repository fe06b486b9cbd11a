import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { Backend, Pair } from '../backend/backend.ts';
import { code } from '../backend/bundle.ts';
import { SCHEMA_VERSION, type HostName, type LabStatus } from '../evidence/events.ts';
import { Stream } from '../evidence/stream.ts';
import { bench } from './bench.ts';
import { withDeadline } from './deadline.ts';
import type { Lab } from './define.ts';
import { LiveSession } from './live.ts';
import { ExpectationError } from './session.ts';
import { sysctlsOf } from './sysctls.ts';
import { setUp, type World } from './world.ts';

/** Milliseconds: what a machine with two busy cores needs, with room. */
const SETUP = 60_000;
const TEARDOWN = 20_000;

/** Hosts come up a few at a time: a machine that starts eight at once starts all of them late. */
const starts = pLimit(availableParallelism());

export interface RunOptions {
  backend: Backend;
  /** Why this backend, as printed. */
  reason: string;
  slow: boolean;
  harness: string;
  /** Aborted: the run ends at once, and tidily. */
  signal: AbortSignal;
  stream?: Stream;
  progress?: (line: string) => void;
}

export interface Outcome {
  lab: Lab;
  status: LabStatus;
  /** Why it is not `passed`. */
  message?: string;
  stream: Stream;
  /** The captures; absent when the run ended before there were any. */
  pcaps?: Record<HostName, Buffer>;
  /** What could not be ended or removed. */
  leftBehind?: string;
  /** Milliseconds: bringing up the hosts and their witnesses, the lab's own code, all. */
  took: { setup: number; lab: number; total: number };
}

/** Thrown into whatever a run awaits when it is interrupted. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor() {
    super('interrupted');
  }
}

/** Runs a lab with real hosts. Never rejects: what went wrong is in the outcome. */
export async function runLab(lab: Lab, options: RunOptions): Promise<Outcome> {
  const { signal, stream = new Stream() } = options;
  const began = performance.now();
  let ready: number | undefined;
  let done: number | undefined;
  const ended: Ended = { status: 'passed' };
  let starting: Promise<Pair> | undefined;
  let settingUp: Promise<World> | undefined;
  let pcaps: Record<HostName, Buffer> | undefined;
  const interruption = rejectWhenAborted(signal);
  try {
    const sysctls = sysctlsOf(lab.sysctls);
    const pinned = { sysctls, ...(lab.rtoMin && { rtoMin: lab.rtoMin }) };
    const specs = { server: { sysctls: sysctls.server }, client: { sysctls: sysctls.client } };
    signal.throwIfAborted();
    announce(stream, lab, options);
    const trouble = new AbortController();
    const bringingUp = starts(async () => {
      signal.throwIfAborted();
      starting = options.backend.start(specs, options.progress ?? (() => undefined), signal);
      const pair = await starting;
      signal.throwIfAborted();
      settingUp = setUp(pair, pinned, await code(), stream, (error) => {
        trouble.abort(error);
      });
      return withDeadline('setting up the hosts', SETUP, settingUp);
    });
    const world = await Promise.race([bringingUp, interruption]);
    ready = performance.now();
    Object.assign(ended, await carryOut(lab, world, options, stream, trouble.signal));
    done = performance.now();
    if (ended.status !== 'interrupted') {
      pcaps = await withDeadline('ending the captures', TEARDOWN, world.stop());
      if (trouble.signal.aborted && ended.status === 'passed') throw trouble.signal.reason as Error;
    }
    stream.append(world.now(), { type: 'end', ...ended });
  } catch (error) {
    Object.assign(ended, statusOf(signal.aborted ? new Interrupted() : error));
  }
  const leftBehind = await close(starting, settingUp);
  const end = performance.now();
  return {
    lab,
    stream,
    ...ended,
    ...(pcaps === undefined ? {} : { pcaps }),
    ...(leftBehind === undefined ? {} : { leftBehind }),
    took: {
      setup: (ready ?? end) - began,
      lab: (done ?? end) - (ready ?? end),
      total: end - began,
    },
  };
}

interface Ended {
  status: LabStatus;
  message?: string;
}

function announce(stream: Stream, lab: Lab, { backend, reason, slow, harness }: RunOptions): void {
  stream.append(0, {
    type: 'run',
    schema: SCHEMA_VERSION,
    lab: lab.name,
    title: lab.title,
    backend: backend.name,
    reason,
    startedAt: new Date().toISOString(),
    slow,
    harness,
  });
}

/** The lab's own code, ended early by an interruption, a broken witness or a host that dies. */
async function carryOut(
  lab: Lab,
  world: World,
  { signal, slow }: RunOptions,
  stream: Stream,
  trouble: AbortSignal,
): Promise<Ended> {
  const session = new LiveSession(world, await code(), stream, slow);
  const onAbort = (): void => {
    session.abort(new Interrupted());
  };
  signal.addEventListener('abort', onAbort);
  trouble.addEventListener('abort', () => {
    session.abort(trouble.reason as Error);
  });
  for (const { agent } of Object.values(world.hosts)) {
    void agent.ended.then(() => {
      session.abort(new Error('a host died during the run'));
    });
  }
  try {
    await lab.body(bench(session));
    return { status: 'passed' };
  } catch (error) {
    return statusOf(error);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function statusOf(error: unknown): Ended {
  const { message } = error as Error;
  if (error instanceof ExpectationError) return { status: 'failed', message };
  if (error instanceof Interrupted) return { status: 'interrupted', message };
  return { status: 'broken', message };
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Interrupted());
    });
  });
  aborted.catch(() => undefined);
  return aborted;
}

/** Ends what was started, also when it was interrupted half-way; says what could not be ended. */
async function close(
  starting: Promise<Pair> | undefined,
  settingUp: Promise<World> | undefined,
): Promise<string | undefined> {
  // What could not be started has taken back what it had made, and has said why.
  const pair = await settled('starting the hosts', starting);
  try {
    if (pair !== undefined) await withDeadline('ending the hosts', TEARDOWN, pair.close());
    // Its hosts being gone, setting up comes to an end too.
    const world = await settled('setting up the hosts', settingUp);
    if (world !== undefined) await withDeadline('ending the witnesses', TEARDOWN, world.close());
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What came of it in the end, if anything did. */
async function settled<T>(what: string, promise: Promise<T> | undefined): Promise<T | undefined> {
  if (promise === undefined) return undefined;
  return withDeadline(what, TEARDOWN, promise).catch(() => undefined);
}
