import { scoreOf } from '../../evidence/answers.ts';
import { HOSTS, type EventOf, type LabEvent, type LabStatus } from '../../evidence/events.ts';
import { historyOf, type History } from '../../history/history.ts';
import type { Stated } from '../../history/lab.ts';
import { english } from '../../texts/say.ts';
import { failureInWords, seenInWords, statementInWords } from '../../words/verdicts.ts';
import type {
  ExpectationReport,
  ExpectationStatus,
  LabReport,
  ReportedStatus,
} from './run-report.ts';
import { stableName } from './stable-name.ts';
import { inEnglish } from '../../told.ts';

/** How a lab ended, beside its events. */
export interface Ended {
  lab: { name: string; title: string; waits?: { slow?: string }; source?: { file: string } };
  status: LabStatus | 'not run';
  message?: string;
  troubles: string[];
  /** Milliseconds. */
  took?: number;
  bundle?: { folder: string; files: string[] };
}

/** Draws the events; taken from elsewhere. */
export type Draw = (events: readonly LabEvent[]) => string[];

/** What a lab's events say of its run, and how it ended: a pure function. */
export function labReport(events: readonly LabEvent[], ended: Ended, draw: Draw): LabReport {
  const { lab, message, troubles, took, bundle } = ended;
  const history = historyOf(events);
  const { run, hosts } = history;
  const host = hosts.server;
  const expectations = [...expectationsOf(history), ...slowPart(run, lab.waits?.slow)];
  const status = statusOf(ended.status, expectations);
  return {
    lab: lab.name,
    title: lab.title,
    file: lab.source?.file ?? `labs/${lab.name}.ts`,
    status,
    troubles,
    expectations: distinct(expectations),
    picture: status === 'passed' ? [] : draw(events),
    ...(message !== undefined && { message }),
    ...(run !== undefined && { startedAt: run.startedAt }),
    ...(took !== undefined && { took: Math.round(took) }),
    ...(host !== undefined && { kernel: host.kernel }),
    ...(history.answers.length > 0 && { score: scoreOf(history.answers) }),
    ...(bundle !== undefined && { bundle }),
  };
}

function expectationsOf(history: History): ExpectationReport[] {
  const hosts = HOSTS.flatMap((host) => history.hosts[host] ?? []);
  return history.lab.expectations.map((stated) => {
    const { expect, verdict, deadline, step } = stated;
    const { at, t } = expect;
    const text = statementInWords(expect, english, history);
    return {
      name: stableName(expect, hosts, history),
      text,
      status: verdictOf(verdict, deadline !== undefined),
      at: ms(t),
      ...(step !== undefined && { step: inEnglish(step.title) }),
      ...(verdict !== undefined && { seen: seenOf(stated, history), took: ms(verdict.t - t) }),
      ...(at !== undefined && { line: at.line }),
    };
  });
}

/** What was seen; of a failed one the whole message, with the steps that were done before it. */
function seenOf(stated: Stated, history: History): string {
  const { text = '', details = [] } = seenInWords(stated, history, english) ?? {};
  if (stated.verdict?.verdict !== 'failed') return text;
  const done = history.lab.steps
    .filter(({ end }) => end !== undefined && end.seq < stated.expect.seq)
    .map(({ title }) => inEnglish(title));
  return [
    failureInWords(stated, history, english),
    ...details.map((line) => `  ${line}`),
    ...(done.length === 0 ? [] : [`done before: ${done.join('; ')}`]),
  ].join('\n');
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
