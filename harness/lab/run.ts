import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { Backend, Pair } from '../backend/backend.ts';
import { code } from '../backend/bundle.ts';
import { HOSTS, SCHEMA_VERSION, type HostName, type LabStatus } from '../evidence/events.ts';
import { Stream } from '../evidence/stream.ts';
import { carryOut } from './carry-out.ts';
import { withDeadline } from './deadline.ts';
import type { Lab } from './define.ts';
import { LiveSession } from './live.ts';
import { ExpectationError } from './session.ts';
import { sysctlsOf, WALKED } from './sysctls.ts';
import { Walk, type Guide } from './walk/walk.ts';
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
  /** Somebody walks through it, a segment at a time. */
  guide?: Guide;
  progress?: (line: string) => void;
}

export interface Outcome {
  lab: Lab;
  status: LabStatus;
  /** The expectation that it failed by. */
  expectation?: number;
  /** Why it is neither `passed` nor `failed`. */
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
  const cut = cutShortBy(signal);
  try {
    const walked = options.guide !== undefined;
    const sysctls = sysctlsOf(lab.sysctls, walked ? WALKED : {});
    const { rtoMin, loopback = false } = lab;
    const pinned = { sysctls, loopback, walked, ...(rtoMin && { rtoMin }) };
    const specs = { server: { sysctls: sysctls.server }, client: { sysctls: sysctls.client } };
    announce(stream, lab, options);
    const bringingUp = starts(async () => {
      cut.signal.throwIfAborted();
      starting = options.backend.start(specs, options.progress ?? (() => undefined), cut.signal);
      const pair = await starting;
      watchHosts(pair, cut);
      cut.signal.throwIfAborted();
      settingUp = setUp(pair, pinned, stream, (error) => {
        cut.abort(error);
      });
      return withDeadline('setting up the hosts', SETUP, settingUp);
    });
    const world = await Promise.race([bringingUp, cut.rejects]);
    ready = performance.now();
    Object.assign(ended, await inSession(lab, world, options, stream, cut));
    done = performance.now();
    cut.signal.throwIfAborted();
    const stopping = withDeadline('ending the captures', TEARDOWN, world.stop());
    pcaps = await Promise.race([stopping, cut.rejects]);
    stream.append(world.now(), { type: 'end', ...ended });
  } catch (error) {
    Object.assign(ended, statusOf(cut.signal.aborted ? cut.signal.reason : error));
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
  expectation?: number;
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

/** The lab in a session with the hosts, which ends early when the run is cut short. */
async function inSession(
  lab: Lab,
  world: World,
  { slow, guide }: RunOptions,
  stream: Stream,
  { signal, abort }: Cut,
): Promise<Ended> {
  const walk = guide && new Walk(world, stream, guide, abort);
  const session = new LiveSession(world, await code(), stream, { name: lab.name, slow, walk });
  signal.addEventListener('abort', () => {
    session.abort(signal.reason as Error);
  });
  try {
    await carryOut(lab, session);
    await walk?.clear();
    return { status: 'passed' };
  } catch (error) {
    return statusOf(error);
  }
}

function statusOf(error: unknown): Ended {
  const { message } = error as Error;
  if (error instanceof ExpectationError)
    return { status: 'failed', expectation: error.expectation };
  if (error instanceof Interrupted) return { status: 'interrupted', message };
  return { status: 'broken', message };
}

/** What cuts a run short: an interruption, a lost witness, a host that dies. The first cause counts. */
interface Cut {
  signal: AbortSignal;
  abort: (cause: Error) => void;
  /** Rejects with the cause. */
  rejects: Promise<never>;
}

function cutShortBy(interruption: AbortSignal): Cut {
  const controller = new AbortController();
  const { signal } = controller;
  const abort = (cause: Error): void => {
    controller.abort(cause);
  };
  const rejects = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
  // Nobody may be waiting when it comes.
  rejects.catch(() => undefined);
  const interrupt = (): void => {
    abort(new Interrupted());
  };
  if (interruption.aborted) interrupt();
  interruption.addEventListener('abort', interrupt, { once: true });
  return { signal, abort, rejects };
}

function watchHosts({ hosts }: Pair, cut: Cut): void {
  for (const name of HOSTS) {
    void hosts[name].agent.ended.then(() => {
      cut.abort(new Error(`the ${name} died during the run`));
    });
  }
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
