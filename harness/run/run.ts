import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { Backend, Pair } from '../backend/backend.ts';
import { code } from '../backend/code.ts';
import { LeftBehindError } from '../backend/errors.ts';
import { Interrupted, unlessAborted, withDeadline } from '../deadline.ts';
import {
  HOSTS,
  SCHEMA_VERSION,
  type EndEvent,
  type EventOf,
  type HostName,
  type LabEvent,
  type LabStatus,
} from '../evidence/events.ts';
import { Stream } from '../evidence/stream.ts';
import { Capture } from '../witness/capture.ts';
import { carryOut } from './carry-out.ts';
import type { Lab } from '../vocabulary/define.ts';
import { LiveSession } from './live.ts';
import { ExpectationError } from '../vocabulary/session.ts';
import { sysctlsOf, WALKED } from './sysctls.ts';
import { Walk, type Guide } from './walk/walk.ts';
import { isMiswritten, thrownBy } from './thrown.ts';
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
  /** It is the lab's own fault: what is written in it cannot be understood. */
  miswritten: boolean;
  stream: Stream;
  /** The captures; without a frame when the run ended before there were any. */
  pcaps: Record<HostName, Buffer>;
  /** What could not be ended or removed. */
  leftBehind?: Told;
  /** Milliseconds: bringing up the hosts and their witnesses, the lab's own code, all. */
  took: { setup: number; lab: number; total: number };
}

/**
 * Runs a lab with real hosts. Never rejects: however it ends, the stream says so in its last event, and
 * with the captures it is a bundle.
 */
export async function runLab(lab: Lab, options: RunOptions): Promise<Outcome> {
  const { signal, stream = new Stream() } = options;
  const began = performance.now();
  let ready: number | undefined;
  let done: number | undefined;
  let miswritten = false;
  let now = (): number => Math.round((performance.now() - began) * 1e6);
  const endings: Ending[] = [];
  const captures = { server: new Capture('server'), client: new Capture('client') };
  announce(stream, lab, options);
  // At once: what comes after the cut is no evidence of a lab that nobody judges any more.
  const cut = cutShortBy(signal, (cause) => {
    stream.append(now(), { type: 'end', ...endOf(cause), cut: true });
  });
  try {
    const walked = options.guide !== undefined;
    const sysctls = sysctlsOf(lab.sysctls, walked ? WALKED : {});
    const { rtoMin, loopback = false } = lab;
    const pinned = { sysctls, loopback, walked, ...(rtoMin && { rtoMin }) };
    const specs = { server: { sysctls: sysctls.server }, client: { sysctls: sysctls.client } };
    const bringingUp = starts(async () => {
      cut.signal.throwIfAborted();
      const { backend, progress = () => undefined } = options;
      const starting = backend.start(specs, progress, cut.signal);
      endings.push({ what: told('the hosts'), end: ended(starting) });
      const pair = await starting;
      watchHosts(pair, cut);
      cut.signal.throwIfAborted();
      const settingUp = setUp(pair, pinned, { stream, captures }, cut.abort, cut.signal);
      endings.push({ what: told('the witnesses'), end: ended(settingUp) });
      return withDeadline(told('the hosts to be set up'), SETUP, settingUp);
    });
    const world = await unlessAborted(cut.signal, bringingUp);
    ready = performance.now();
    now = () => world.now();
    const session = inSession(lab, world, options, stream, cut, (error) => {
      miswritten = isMiswritten(error);
    });
    const outcome = await unlessAborted(cut.signal, session);
    done = performance.now();
    await unlessAborted(cut.signal, world.stop());
    stream.append(world.now(), { type: 'end', ...outcome });
  } catch (error) {
    cut.abort(error as Error);
  }
  const leftBehind = await endAll(endings);
  const end = performance.now();
  const { status, expectation, message, hint } = stream.events.at(-1) as EventOf<'end'>;
  return {
    ...{ lab, stream, status, miswritten },
    pcaps: {
      server: pcapOf('server', captures, stream),
      client: pcapOf('client', captures, stream),
    },
    ...(expectation === undefined ? {} : { expectation }),
    ...(message === undefined ? {} : { message }),
    ...(hint === undefined ? {} : { hint }),
    ...(leftBehind === undefined ? {} : { leftBehind }),
    took: {
      setup: (ready ?? end) - began,
      lab: (done ?? end) - (ready ?? end),
      total: end - began,
    },
  };
}

/** The frames that are events: more may have come after the last. */
function pcapOf(host: HostName, captures: Record<HostName, Capture>, { events }: Stream): Buffer {
  const isFrame = (event: LabEvent): boolean =>
    (event.type === 'packet' || event.type === 'marker') && event.host === host;
  return captures[host].file(events.filter(isFrame).length);
}

type Ended = Pick<EndEvent, 'status' | 'expectation' | 'message' | 'hint'>;

function announce(stream: Stream, lab: Lab, options: RunOptions): void {
  const { backend, reason, slow, harness, command = [] } = options;
  stream.append(0, {
    type: 'run',
    schema: SCHEMA_VERSION,
    lab: lab.name,
    ...(lab.source === undefined ? {} : { labHash: lab.source.hash }),
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
  onThrown: (error: Error) => void,
): Promise<Ended> {
  const walk = guide && new Walk(world, stream, guide, abort);
  const session = new LiveSession(world, await code(), stream, { lab, slow, walk });
  signal.addEventListener('abort', () => {
    session.abort(signal.reason as Error);
  });
  try {
    await carryOut(lab, session);
    await walk?.clear();
    return { status: 'passed' };
  } catch (thrown) {
    const error = thrownBy(lab, thrown);
    onThrown(error);
    // A lab that goes on all the same, since it did not await what failed, gets no further.
    session.abort(error);
    return endOf(error);
  }
}

function endOf(error: unknown): Ended {
  const { hint } = error as Error & { hint?: Told };
  const message = toldBy(error);
  if (error instanceof ExpectationError)
    return { status: 'failed', expectation: error.expectation };
  if (error instanceof Interrupted) return { status: 'interrupted', message };
  return { status: 'broken', message, ...(hint === undefined ? {} : { hint }) };
}

/** What cuts a run short: an interruption, a lost witness, a host that dies. The first cause counts. */
interface Cut {
  signal: AbortSignal;
  abort: (cause: Error) => void;
}

function cutShortBy(interruption: AbortSignal, onCut: (cause: Error) => void): Cut {
  const controller = new AbortController();
  const abort = (cause: Error): void => {
    if (!controller.signal.aborted) onCut(cause);
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
