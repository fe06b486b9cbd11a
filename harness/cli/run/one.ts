import { english, type Say } from '../../texts/say.ts';
import type { Difference } from '../../evidence/summary.ts';
import type { Outcome } from '../../run/run.ts';
import type { LabEvent } from '../../evidence/events.ts';
import { EXIT, gravest, type ExitCode } from '../exit-codes.ts';
import type { LabReport } from '../../present/machine/run-report.ts';
import type { Line } from '../../present/terminal/overview-text.ts';
import { typed } from '../../installation.ts';
import { jsonText } from '../../present/visible.ts';
import { t } from '../language.ts';
import { handOver } from '../process.ts';
import { claim } from './folders.ts';
import type { Plan, PlannedRun } from './plan.ts';
import type { Screen } from './screen.ts';
import { beside, told, toldBy, inEnglish, verbatim, type Told } from '../../told.ts';

/** How one lab of a run came out. */
export interface Finished extends Line {
  code: ExitCode;
  /** What went wrong beside the lab. */
  troubles?: string[];
  /** For the reporters, when there are any. */
  report?: LabReport;
}

/** Runs a lab, writes its bundle and prints its result. Rejects only for a bug of ours. */
export async function runOne(
  { lab, folder, ownName, claims }: PlannedRun,
  plan: Plan,
  screen: Screen,
  signal: AbortSignal,
): Promise<Finished> {
  if (signal.aborted) {
    const message = t('interrupted');
    return { lab: lab.name, status: 'not run', message, code: EXIT.interrupted };
  }
  const { runLab } = await import('../../run/run.ts');
  const { Stream } = await import('../../evidence/stream.ts');
  const stream = new Stream();
  screen.started(lab.name);
  stream.listen((event) => {
    screen.event(lab.name, event, stream.events);
    if (plan.json) handOver(`${jsonText({ lab: lab.name, ...event })}\n`);
  });
  const { backend, reason, slow, version } = plan;
  const guide = screen.guide?.(stream.events);
  const outcome = await runLab(lab, {
    backend,
    reason,
    slow,
    harness: version,
    command: plan.command,
    // One of its own: however many labs a run has, none of them adds to the others' listeners.
    signal: AbortSignal.any([signal]),
    stream,
    ...(guide && { guide }),
    progress: (line) => {
      screen.say(lab.name, verbatim(line));
    },
  });
  const reasonIn = await reasonOf(outcome);
  const message = reasonIn(t);
  const written = await write(outcome, claims, folder, ownName, plan.command);
  const unwritten = await answersWritten(plan, stream.events);
  screen.finished(lab.name);
  const troubles = [...troublesOf(outcome, written), ...unwritten];
  const report =
    plan.reporters.length > 0
      ? await reportOf(outcome, reasonIn(english), troubles, written)
      : undefined;
  const finished: Finished = {
    lab: lab.name,
    status: outcome.status,
    took: outcome.took.total,
    code: gravest([codeOf(outcome, written), unwritten.length > 0 ? EXIT.unable : EXIT.passed]),
    ...(report === undefined ? {} : { report }),
    ...(message === undefined || outcome.status === 'interrupted' ? {} : { message }),
    troubles: troubles.map((trouble) => t(trouble)),
    ...(written.bundle === undefined ? {} : { bundle: written.bundle }),
  };
  screen.print(await linesOf(outcome, claims, finished, plan, screen));
  sayHow(outcome, troubles, screen);
  return finished;
}

/** Why it is not `passed`, in a language. */
async function reasonOf({ stream }: Outcome): Promise<(t: Say) => string | undefined> {
  const { historyOf } = await import('../../history/history.ts');
  const { reasonInWords } = await import('../../words/verdicts.ts');
  return (t) => reasonInWords(historyOf(stream.events), t);
}

/** What somebody who predicts has answered; why that could not be written. */
async function answersWritten({ walking }: Plan, events: readonly LabEvent[]): Promise<Told[]> {
  if (walking?.answers === undefined) return [];
  const { writeAnswers } = await import('./walk/answers-file.ts');
  try {
    await writeAnswers(walking.answers, events);
    return [];
  } catch (error) {
    return [told('the answers cannot be written: {why}', { why: toldBy(error) })];
  }
}

interface Written {
  bundle?: string;
  /** Why there is none although there should be. */
  trouble?: Told;
}

/** However it ended. Somebody who has pressed Ctrl-C waits for no report, which `show --open` makes. */
async function write(
  { lab, status, stream, pcaps }: Outcome,
  claims: readonly Difference[],
  folder: string,
  ownName: boolean,
  command: string[],
): Promise<Written> {
  try {
    const { writeBundle } = await import('../../evidence/bundle.ts');
    const bundle = ownName ? await claim(folder) : folder;
    await writeBundle(bundle, { events: stream.events, pcaps, claims });
    if (status === 'interrupted') return { bundle };
    return { bundle, ...(await tryReport(bundle, { lab, stream, pcaps }, claims, command)) };
  } catch (error) {
    return { trouble: told('the bundle cannot be written: {why}', { why: toldBy(error) }) };
  }
}

/** What went wrong beside the lab. */
const troublesOf = ({ leftBehind }: Outcome, { trouble }: Written): Told[] => [
  ...(trouble === undefined ? [] : [trouble]),
  ...(leftBehind === undefined
    ? []
    : [told('could not be cleaned up: {why}', { why: leftBehind })]),
];

/** What machines are told of it. */
async function reportOf(
  outcome: Outcome,
  message: string | undefined,
  troubles: readonly Told[],
  { bundle }: Written,
): Promise<LabReport> {
  const { reportLab } = await import('./report-lab.ts');
  return reportLab(outcome, message, troubles.map(inEnglish), bundle);
}

/** The evidence is safe already. */
async function tryReport(
  bundle: string,
  { lab, stream, pcaps }: Pick<Outcome, 'lab' | 'stream' | 'pcaps'>,
  claims: readonly Difference[],
  command: string[],
): Promise<Pick<Written, 'trouble'>> {
  try {
    const { writeReport } = await import('../show/report.ts');
    const { explanation, sources, notice, next } = lab;
    const words = { explanation, sources, ...(notice && { notice }), ...(next && { next }) };
    const about = { lab: words, claims, command };
    await writeReport(bundle, { events: stream.events, pcaps, about });
    return {};
  } catch (error) {
    return { trouble: told('the report cannot be written: {why}', { why: toldBy(error) }) };
  }
}

/** The result, as fully as somebody wants it. */
async function linesOf(
  { lab, stream }: Outcome,
  claims: readonly Difference[],
  finished: Finished,
  { tell, watch, runs }: Plan,
  { style }: Screen,
): Promise<string[]> {
  if (tell === 'quiet') {
    const { renderLine } = await import('../../present/terminal/overview-text.ts');
    const width = Math.max(...runs.map((one) => one.lab.name.length));
    return [renderLine(finished, width, style)];
  }
  const { renderResult } = await import('../../present/terminal/text.ts');
  const { bundle } = finished;
  const about = {
    ...{ lab, claims, typed, isDrawn: watch, isVerbose: tell === 'verbose' },
    ...(bundle === undefined ? {} : { bundle }),
  };
  return renderResult(stream.events, about, style);
}

function sayHow(
  { lab: { name }, status, took, leftBehind }: Outcome,
  troubles: readonly Told[],
  screen: Screen,
): void {
  if (status === 'interrupted') {
    const after = told('interrupted after {n} s', { n: (took.total / 1000).toFixed(1) });
    const isClean = leftBehind === undefined;
    screen.say(name, isClean ? beside([after, told('nothing is left behind')]) : after);
  }
  for (const trouble of troubles) screen.say(name, trouble);
}

function codeOf({ status, miswritten, leftBehind }: Outcome, written: Written): ExitCode {
  if (leftBehind !== undefined) return EXIT.leftBehind;
  if (status === 'interrupted') return EXIT.interrupted;
  if (miswritten) return EXIT.usage;
  if (status === 'broken' || written.trouble !== undefined) return EXIT.unable;
  return status === 'failed' ? EXIT.failed : EXIT.passed;
}
