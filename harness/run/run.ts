import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { Backend, Pair } from '../backend/backend.ts';
import { code } from '../backend/code.ts';
import { LeftBehindError } from '../backend/errors.ts';
import { Interrupted, unlessAborted, withDeadline } from '../deadline.ts';
import { HOSTS, SCHEMA_VERSION, type HostName, type LabStatus } from '../evidence/events.ts';
import { Stream } from '../evidence/stream.ts';
import { carryOut } from './carry-out.ts';
import type { Lab } from '../vocabulary/define.ts';
import { LiveSession } from './live.ts';
import { ExpectationError } from '../vocabulary/session.ts';
import { sysctlsOf, WALKED } from './sysctls.ts';
import { Walk, type Guide } from './walk/walk.ts';
import { setUp, type World } from './world.ts';
import { beside, told, ToldError, toldBy, type Told } from '../told.ts';

/** Milliseconds: what a machine with two busy cores needs, with room. */
const SETUP = 60_000;
const TEARDOWN = 60_000;

/** Hosts come up a few at a time: a machine that starts eight at once starts all of them late. */
const starts = pLimit(availableParallelism());

export interface RunOptions {
  backend: Backend;
  /** Why this backend, as printed. */
  reason: Told;
  slow: boolean;
  harness: string;
  /** What was typed; nothing where nobody typed. */
  command?: readonly string[];
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
  message?: Told;
  /** What would help. */
  hint?: Told;
  stream: Stream;
  /** The captures; absent when the run ended before there were any. */
  pcaps?: Record<HostName, Buffer>;
  /** What could not be ended or removed. */
  leftBehind?: Told;
  /** Milliseconds: bringing up the hosts and their witnesses, the lab's own code, all. */
  took: { setup: number; lab: number; total: number };
}

/** Runs a lab with real hosts. Never rejects: what went wrong is in the outcome. */
export async function runLab(lab: Lab, options: RunOptions): Promise<Outcome> {
  const { signal, stream = new Stream() } = options;
  const began = performance.now();
  let ready: number | undefined;
  let done: number | undefined;
  const outcome: Ended = { status: 'passed' };
  let hint: Told | undefined;
  const endings: Ending[] = [];
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
      const { backend, progress = () => undefined } = options;
      const starting = backend.start(specs, progress, cut.signal);
      endings.push({ what: told('the hosts'), end: ended(starting) });
      const pair = await starting;
      watchHosts(pair, cut);
      cut.signal.throwIfAborted();
      const settingUp = setUp(pair, pinned, stream, cut.abort, cut.signal);
      endings.push({ what: told('the witnesses'), end: ended(settingUp) });
      return withDeadline(told('the hosts to be set up'), SETUP, settingUp);
    });
    const world = await unlessAborted(cut.signal, bringingUp);
    ready = performance.now();
    const session = inSession(lab, world, options, stream, cut);
    Object.assign(outcome, await unlessAborted(cut.signal, session));
    done = performance.now();
    pcaps = await unlessAborted(cut.signal, world.stop());
    stream.append(world.now(), { type: 'end', ...outcome });
  } catch (error) {
    cut.abort(error as Error);
    const cause = cut.signal.reason as Error & { hint?: Told };
    Object.assign(outcome, statusOf(cause));
    hint = cause.hint;
  }
  const leftBehind = await endAll(endings);
  const end = performance.now();
  return {
    lab,
    stream,
    ...outcome,
    ...(hint === undefined ? {} : { hint }),
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
  message?: Told;
}

function announce(stream: Stream, lab: Lab, options: RunOptions): void {
  const { backend, reason, slow, harness, command = [] } = options;
  stream.append(0, {
    type: 'run',
    schema: SCHEMA_VERSION,
    lab: lab.name,
    ...(lab.hash === undefined ? {} : { labHash: lab.hash }),
    title: lab.title,
    backend: backend.name,
    reason,
    startedAt: new Date().toISOString(),
    command,
    slow,
    ...(options.guide && { walked: true }),
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
  const message = toldBy(error);
  if (error instanceof ExpectationError)
    return { status: 'failed', expectation: error.expectation };
  if (error instanceof Interrupted) return { status: 'interrupted', message };
  return { status: 'broken', message };
}

/** What cuts a run short: an interruption, a lost witness, a host that dies. The first cause counts. */
interface Cut {
  signal: AbortSignal;
  abort: (cause: Error) => void;
}

function cutShortBy(interruption: AbortSignal): Cut {
  const controller = new AbortController();
  const abort = (cause: Error): void => {
    controller.abort(cause);
  };
  const interrupt = (): void => {
    abort(new Interrupted());
  };
  if (interruption.aborted) interrupt();
  interruption.addEventListener('abort', interrupt, { once: true });
  return { signal: controller.signal, abort };
}

function watchHosts({ hosts }: Pair, cut: Cut): void {
  for (const name of HOSTS) {
    void hosts[name].agent.ended.then(() => {
      cut.abort(new ToldError(told('the {host} died during the run', { host: told(name) })));
    });
  }
}

/** What has been begun, and how it is ended: noted before it is there, so that nothing is forgotten. */
interface Ending {
  what: Told;
  end: () => Promise<void>;
}

/** Closes what came of it. What could not be started has taken back what it had made, if it could. */
const ended = (starting: Promise<{ close(): Promise<void> }>) => async (): Promise<void> => {
  const started = await starting.catch((error: unknown) => {
    if (error instanceof LeftBehindError) throw error;
    return undefined;
  });
  await started?.close();
};

/** Ends all that was begun, side by side: what hangs does not keep the rest; says what could not be ended. */
async function endAll(endings: Ending[]): Promise<Told | undefined> {
  const all = endings.map(({ what, end }) =>
    withDeadline(told('{what} to end', { what }), TEARDOWN, end()),
  );
  const failures = (await Promise.allSettled(all)).flatMap((one) =>
    one.status === 'rejected' ? [toldBy(one.reason)] : [],
  );
  return failures.length === 0 ? undefined : beside(failures);
}
