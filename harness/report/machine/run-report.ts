import type { EventOf, LabEvent, LabStatus } from '../../evidence/events.ts';
import { stableName } from './stable-name.ts';

/**
 * A run as machines are told of it: what every reporter renders. A lab is `timed out` when all that
 * failed in it was still open when its time was over, `broken` when it could not be tried.
 */
export interface RunReport {
  harness: string;
  /** What was typed. */
  command: string[];
  backend: string;
  /** Why this backend was taken. */
  reason: string;
  slow: boolean;
  /** ISO 8601. */
  startedAt: string;
  /** Milliseconds. */
  took: number;
  /** In the order in which they were to be run. */
  labs: LabReport[];
}

export const LAB_STATUSES = [
  'passed',
  'failed',
  'timed out',
  'broken',
  'interrupted',
  'not run',
] as const;
export type ReportedStatus = (typeof LAB_STATUSES)[number];

export interface LabReport {
  lab: string;
  title: string;
  /** Its source, relative to the project. */
  file: string;
  status: ReportedStatus;
  /** Why it is not `passed`. */
  message?: string;
  /** What went wrong beside the lab: a bundle that could not be written, hosts left behind. */
  troubles: string[];
  /** ISO 8601; absent when it was not run. */
  startedAt?: string;
  /** Milliseconds, with bringing up the hosts and ending them. */
  took?: number;
  /** Kernel release of the hosts. */
  kernel?: string;
  expectations: ExpectationReport[];
  /** Where the run is on disk, and the files that are there: attachments. */
  bundle?: { folder: string; files: string[] };
  /** The run drawn as text, for a lab that did not pass; empty when nothing was sent. */
  picture: string[];
}

export const EXPECTATION_STATUSES = ['met', 'failed', 'timed out', 'untried', 'skipped'] as const;
export type ExpectationStatus = (typeof EXPECTATION_STATUSES)[number];

/** `untried`: the lab ended before its verdict. `skipped`: it waits too long without `--slow`. */
export interface ExpectationReport {
  /** The same in every run, and once only in its lab: CI compares tests by name. */
  name: string;
  /** As it was stated, with this run's addresses. */
  text: string;
  step?: string;
  status: ExpectationStatus;
  /** What was seen; of a failed one the whole message. */
  seen?: string;
  /** Milliseconds since the run began, and until the verdict. */
  at?: number;
  took?: number;
  /** Where in the lab's file its step begins. */
  line?: number;
}

/** How a lab ended, beside its events. */
export interface Ended {
  lab: { name: string; title: string; waits?: { slow?: string } };
  status: LabStatus | 'not run';
  message?: string;
  troubles: string[];
  /** Milliseconds. */
  took?: number;
  bundle?: { folder: string; files: string[] };
}

/** What is taken from elsewhere: a picture of the events, and where a step's title stands. */
export interface Aids {
  draw: (events: readonly LabEvent[]) => string[];
  lineOf: (step: string) => number | undefined;
}

export function labReport(events: readonly LabEvent[], ended: Ended, aids: Aids): LabReport {
  const { lab, message, troubles, took, bundle } = ended;
  const run = events.find((event): event is EventOf<'run'> => event.type === 'run');
  const host = events.find((event): event is EventOf<'host'> => event.type === 'host');
  const expectations = [...expectationsOf(events, aids), ...slowPart(run, lab.waits?.slow)];
  const status = statusOf(ended.status, expectations);
  return {
    lab: lab.name,
    title: lab.title,
    file: `labs/${lab.name}.ts`,
    status,
    troubles,
    expectations: distinct(expectations),
    picture: status === 'passed' ? [] : aids.draw(events),
    ...(message !== undefined && { message }),
    ...(run !== undefined && { startedAt: run.startedAt }),
    ...(took !== undefined && { took: Math.round(took) }),
    ...(host !== undefined && { kernel: host.kernel }),
    ...(bundle !== undefined && { bundle }),
  };
}

function expectationsOf(events: readonly LabEvent[], { lineOf }: Aids): ExpectationReport[] {
  const of = <T extends LabEvent['type']>(type: T): EventOf<T>[] =>
    events.filter((event): event is EventOf<T> => event.type === type);
  const hosts = of('host');
  const steps = new Map(of('step').map(({ id, title }) => [id, title]));
  const verdicts = new Map(of('verdict').map((verdict) => [verdict.id, verdict]));
  const over = new Set(of('deadline').map(({ id }) => id));
  return of('expect').map(({ id, text, t, step: inside }) => {
    const verdict = verdicts.get(id);
    const step = inside === undefined ? undefined : steps.get(inside);
    const line = step === undefined ? undefined : lineOf(step);
    return {
      name: stableName(text, hosts),
      text,
      status: verdictOf(verdict, over.has(id)),
      at: ms(t),
      ...(step !== undefined && { step }),
      ...(verdict !== undefined && { seen: verdict.seen, took: ms(verdict.t - t) }),
      ...(line !== undefined && { line }),
    };
  });
}

function verdictOf(verdict: EventOf<'verdict'> | undefined, over: boolean): ExpectationStatus {
  if (verdict === undefined) return 'untried';
  if (verdict.verdict === 'met') return 'met';
  return over ? 'timed out' : 'failed';
}

/** What a lab would show with `--slow` only. */
function slowPart(run: EventOf<'run'> | undefined, wait: string | undefined): ExpectationReport[] {
  if (run === undefined || run.slow || wait === undefined) return [];
  const name = 'the part that the kernel makes wait';
  return [{ name, text: name, status: 'skipped', seen: `it waits ${wait}: --slow runs it` }];
}

function statusOf(
  status: Ended['status'],
  expectations: readonly ExpectationReport[],
): ReportedStatus {
  if (status !== 'failed') return status;
  const is = (wanted: ExpectationStatus): boolean =>
    expectations.some((expectation) => expectation.status === wanted);
  return is('timed out') && !is('failed') ? 'timed out' : 'failed';
}

/** With its step before it, and a number behind where it is stated again. */
function distinct(expectations: readonly ExpectationReport[]): ExpectationReport[] {
  const taken = new Set<string>();
  return expectations.map((expectation) => {
    const { step, name } = expectation;
    const full = step === undefined ? name : `${step}: ${name}`;
    let unique = full;
    for (let n = 2; taken.has(unique); n++) unique = `${full} (${n})`;
    taken.add(unique);
    return { ...expectation, name: unique };
  });
}

const ms = (nanoseconds: number): number => Math.round(nanoseconds / 1e6);
