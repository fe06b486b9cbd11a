import type { EventOf, LabEvent, LabStatus } from '../../evidence/events.ts';
import type {
  ExpectationReport,
  ExpectationStatus,
  LabReport,
  ReportedStatus,
} from './run-report.ts';
import { stableName } from './stable-name.ts';

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

/** What a lab's events say of its run, and how it ended: a pure function. */
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
