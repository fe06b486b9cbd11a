import { english } from '../../texts/say.ts';
import type { Difference } from '../../evidence/summary.ts';
import type { Outcome } from '../../run/run.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { LabReport } from '../../present/machine/run-report.ts';
import type { Line } from '../../present/terminal/overview-text.ts';
import { linesToText } from '../process.ts';
import { claim } from './folders.ts';
import type { Plan, PlannedRun } from './plan.ts';
import type { Screen } from './screen.ts';

/** How one lab of a run came out. */
export interface Finished extends Line {
  code: ExitCode;
  /** For the reporters, when there are any. */
  report?: LabReport;
}

/** Runs a lab, writes its bundle and prints its result. Rejects only for a bug of ours. */
export async function runOne(
  { lab, folder, ownName }: PlannedRun,
  plan: Plan,
  screen: Screen,
  signal: AbortSignal,
): Promise<Finished> {
  if (signal.aborted) {
    return { lab: lab.name, status: 'not run', message: 'interrupted', code: EXIT.interrupted };
  }
  const { runLab } = await import('../../run/run.ts');
  const { Stream } = await import('../../evidence/stream.ts');
  const stream = new Stream();
  screen.started(lab.name);
  stream.listen((event) => {
    screen.event(lab.name, event, stream.events);
    if (plan.json) process.stdout.write(`${JSON.stringify({ lab: lab.name, ...event })}\n`);
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
      screen.say(lab.name, line);
    },
  });
  const message = await reasonOf(outcome);
  const { differencesOf } = await import('../../catalogue/claims.ts');
  const claims = differencesOf(lab.name);
  const written = await write(outcome, claims, folder, ownName, plan.command);
  screen.finished(lab.name);
  await print(outcome, claims, written, screen, plan.watch);
  const report = plan.reporters.length > 0 ? await reportOf(outcome, message, written) : undefined;
  return {
    lab: lab.name,
    status: outcome.status,
    took: outcome.took.total,
    code: codeOf(outcome, written),
    ...(report === undefined ? {} : { report }),
    ...(message === undefined || outcome.status === 'interrupted' ? {} : { message }),
    ...(written.bundle === undefined ? {} : { bundle: written.bundle }),
  };
}

/** Why it is not `passed`. */
async function reasonOf({ stream }: Outcome): Promise<string | undefined> {
  const { historyOf } = await import('../../history/history.ts');
  const { reasonInWords } = await import('../../words/verdicts.ts');
  return reasonInWords(historyOf(stream.events), english);
}

interface Written {
  bundle?: string;
  /** Why there is none although there should be. */
  trouble?: string;
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
    return { trouble: `the bundle cannot be written: ${(error as Error).message}` };
  }
}

/** What machines are told of it. */
async function reportOf(
  outcome: Outcome,
  message: string | undefined,
  { bundle, trouble }: Written,
): Promise<LabReport> {
  const { reportLab } = await import('./report-lab.ts');
  const { leftBehind } = outcome;
  const troubles = [
    ...(trouble === undefined ? [] : [trouble]),
    ...(leftBehind === undefined ? [] : [`could not be cleaned up: ${leftBehind}`]),
  ];
  return reportLab(outcome, message, troubles, bundle);
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
    const { explanation, sources } = lab;
    const about = { lab: { explanation, sources }, claims, command };
    await writeReport(bundle, { events: stream.events, pcaps, about });
    return {};
  } catch (error) {
    return { trouble: `the report cannot be written: ${(error as Error).message}` };
  }
}

async function print(
  outcome: Outcome,
  claims: readonly Difference[],
  written: Written,
  screen: Screen,
  isDrawn: boolean,
): Promise<void> {
  const { lab, status, stream, leftBehind, took } = outcome;
  const name = lab.name;
  const { renderResult } = await import('../../present/terminal/text.ts');
  const { bundle } = written;
  const about = { lab, claims, isDrawn, ...(bundle === undefined ? {} : { bundle }) };
  screen.print(linesToText(renderResult(stream.events, about, screen.style)));
  if (status === 'interrupted') {
    const left = leftBehind === undefined ? '; nothing is left behind' : '';
    screen.say(name, `interrupted after ${(took.total / 1000).toFixed(1)} s${left}`);
  }
  if (written.trouble !== undefined) screen.say(name, written.trouble);
  if (leftBehind !== undefined) screen.say(name, `could not be cleaned up: ${leftBehind}`);
}

function codeOf({ status, leftBehind }: Outcome, written: Written): ExitCode {
  if (leftBehind !== undefined) return EXIT.leftBehind;
  if (status === 'interrupted') return EXIT.interrupted;
  if (status === 'broken' || written.trouble !== undefined) return EXIT.unable;
  return status === 'failed' ? EXIT.failed : EXIT.passed;
}
