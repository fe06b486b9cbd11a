/** Fault injection: labs on testbeds with a fault, and what they then fail for. */
import { expect } from 'vitest';
import { netns } from '../../harness/backend/netns.ts';
import type { Testbed, Lab } from '../../harness/index.ts';
import type { ProgramOptions } from '../../harness/vocabulary/program.ts';
import { historyOf, type History } from '../../harness/history/history.ts';
import { instead } from '../../harness/lab-test.ts';
import { runLab } from '../../harness/run/run.ts';
import type { Side, Wire } from '../../harness/vocabulary/sides.ts';
import { textOf } from '../../harness/vocabulary/lines.ts';
import type { SocketShell } from '../../harness/vocabulary/socket-shell.ts';
import type { EventOf, LabEvent } from '../../harness/evidence/events.ts';
import type { Kind, ProgramSeen, SeenSocket } from '../../harness/evidence/expectations.ts';
import { inEnglish, verbatim } from '../../harness/told.ts';

/** The lab, on a testbed with a fault. */
export const withFault = (
  lab: Lab,
  inject: (testbed: Testbed) => Testbed | Promise<Testbed>,
): Lab => ({
  ...lab,
  body: async (testbed) => {
    await lab.body(await inject(testbed));
  },
});

export { instead };

/** A wire that loses nothing. */
export const lossless = (wire: Wire): Wire => instead(wire, { drop: () => Promise.resolve() });

/** The shell, into which something else is typed than the lab says. */
export const misheard = (shell: SocketShell, said: string, heard: string): SocketShell =>
  instead(shell, { does: (script) => shell.does(textOf(script).replace(said, heard)) });

export type Run = Side['run'];

/** The same host, on which programs are started otherwise. */
export const withRun = (side: Side, change: (run: Run) => Run): Side =>
  instead(side, { run: change((name, options) => side.run(name, options)) });

/** Its programs get other options than the lab says. */
export const withOptions = (side: Side, options: ProgramOptions): Side =>
  withRun(side, (run) => (name, given) => run(name, { ...given, ...options }));

/** The testbed, on which something happens before a step begins. */
export const beforeStep = (
  testbed: Testbed,
  title: string,
  happens: () => Promise<void>,
): Testbed => ({
  ...testbed,
  step: async (name, body) => {
    if ((typeof name === 'string' ? name : inEnglish(name)) === title) await happens();
    await testbed.step(name, body);
  },
});

/** The testbed, on whose wire each segment of the client comes twice. */
export async function withCopies(testbed: Testbed): Promise<Testbed> {
  const { client, wire } = testbed;
  await wire.hold(client);
  const copy = async (): Promise<void> => {
    await wire.duplicate({ from: client });
    await wire.letGo({ from: client });
    await copy();
  };
  // It ends with the run: nothing more comes then.
  copy().catch(() => undefined);
  return testbed;
}

/**
 * What a lab fails by, as data: which expectation, in which step, and what was seen instead. What differs
 * from run to run (addresses, ports that a kernel chose, numbers, times) is left out.
 */
export interface Failure {
  kind: Kind;
  step: string | undefined;
  asked: object;
  saw: unknown;
}

export async function failure(lab: Lab): Promise<Failure> {
  const { signal } = new AbortController();
  const options = { backend: netns, reason: verbatim(''), slow: false, harness: '', signal };
  const { status, leftBehind, stream, expectation = -1 } = await runLab(lab, options);
  expect({ status, leftBehind }).toEqual({ status: 'failed', leftBehind: undefined });
  const history = historyOf(stream.events);
  const { expect: asked, verdict, step } = history.lab.expectation(expectation) ?? {};
  if (asked === undefined || verdict?.verdict !== 'failed') throw new Error('nothing has failed');
  return {
    kind: asked.kind,
    step: step && inEnglish(step.title),
    asked: stable(asked.params) as object,
    saw: stable(sawOf(verdict, history)),
  };
}

type Failed = Extract<EventOf<'verdict'>, { verdict: 'failed' }>;

function sawOf(verdict: Failed, history: History): unknown {
  const { seen } = verdict;
  if ('last' in seen) return doneBy(seen as ProgramSeen, history);
  if ('socket' in seen) return socketOf(seen.socket);
  if ('lasted' in seen) return 'gone';
  if ('call' in seen) return callOf(history.events[seen.call]);
  if ('capture' in seen) return segmentOf(verdict, seen, history);
  return seen;
}

const socketOf = (socket: SeenSocket | null | undefined): unknown =>
  socket === null || socket === undefined
    ? 'no socket'
    : {
        state: socket.state,
        ...{ recvQ: socket.recvQ, sendQ: socket.sendQ },
        orphaned: socket.processes.length === 0,
      };

const callOf = (event: LabEvent | undefined): unknown =>
  event?.type === 'call' ? `${event.call} ${event.code ?? event.phase}` : event?.type;

/** The last thing that a program did, and of one that has ended the call that failed before. */
function doneBy({ last, sockets = [] }: ProgramSeen, history: History): unknown {
  const event = last === null ? undefined : history.events[last];
  const states = sockets.map(({ state }) => state);
  if (event?.type !== 'exit')
    return { last: callOf(event), ...(states.length > 0 && { sockets: states }) };
  const { status, signal, program } = event;
  const doings = history.programs.of(program);
  const printed = doings?.outputs.findLast(({ stream }) => stream === 'stdout')?.line;
  const call = callOf(doings?.lastFailure);
  return { status, signal, ...(call !== undefined && { call }), printed };
}

/** Where a pattern broke, and the segment that stood there. */
function segmentOf(
  { by, misses = [], nearest = 0 }: Failed,
  seen: object,
  history: History,
): unknown {
  const event = 'expected' in seen || 'lines' in seen ? misses[nearest]?.event : by[0];
  const packet = event === undefined ? undefined : history.events[event];
  const segment =
    packet?.type === 'packet' && packet.segment !== undefined
      ? `${arrowOf(packet)} ${packet.segment.flags}`
      : 'nothing';
  return { ...('expected' in seen && { expected: seen.expected }), segment };
}

/** Either host's capture may be the first to be heard of. */
const arrowOf = ({ host, direction }: EventOf<'packet'>): string =>
  (host === 'server') === (direction === 'out') ? 'server > client' : 'client > server';

const CHOSEN = 32768;

function stable(value: unknown): unknown {
  if (typeof value === 'string') {
    return value
      .replace(/10\.\d+\.\d+\.1\b/g, 'SERVER')
      .replace(/10\.\d+\.\d+\.2\b/g, 'CLIENT')
      .replace(/:(\d+)/g, (all, port: string) => (Number(port) < CHOSEN ? all : ''))
      .replace(/\d{5,}/g, 'N');
  }
  if (Array.isArray(value)) return value.map(stable);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([name, one]) =>
      !['connection', 'program', 'index', 'pattern'].includes(name) && !(Number(one) >= CHOSEN),
  );
  return Object.fromEntries(kept.map(([name, one]) => [name, stable(one)]));
}
