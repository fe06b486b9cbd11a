import { appendFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SUMMARY_LIMIT, summary } from '../../present/machine/github-summary.ts';
import { labReport, type Ended } from '../../present/machine/lab-report.ts';
import { REPORTERS } from '../../present/machine/reporters.ts';
import type { LabReport, RunReport } from '../../present/machine/run-report.ts';
import { t } from '../language.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { handOver, remark } from '../process.ts';
import type { Finished } from './one.ts';
import type { Plan, Planned } from './plan.ts';
import { SUMMARY_VARIABLE, type Reporting } from './reporting.ts';
import { toldBy, inEnglish } from '../../told.ts';

/** What a report says of a run beside its labs. */
type World = Pick<RunReport, 'backend' | 'reason'> & { began: Date };

/** Writes the reports that were asked for, however the labs came out; says what could not be. */
export async function writeReports(
  plan: Plan,
  finished: readonly Finished[],
  began: Date,
): Promise<ExitCode> {
  const reports = new Map(finished.map(({ lab, report }) => [lab, report]));
  const labs = plan.runs.map(
    ({ lab }) => reports.get(lab.name) ?? notBegun(lab, 'not run', 'interrupted'),
  );
  const { backend } = plan;
  const reason = inEnglish(plan.reason);
  const run = runReport(plan, labs, { backend: backend.name, reason, began });
  return writeAll(plan, run, {
    ...run,
    labs: run.labs.map((lab) => inOurLanguage(lab, plan, finished)),
  });
}

/** The same with its reasons as people were told them. */
function inOurLanguage(
  report: LabReport,
  { broken }: Plan,
  finished: readonly Finished[],
): LabReport {
  const why = broken.find(({ lab }) => lab === report.lab)?.reason;
  if (why !== undefined) return { ...report, message: t(why) };
  const { message, troubles = [] } = finished.find(({ lab }) => lab === report.lab) ?? {};
  return { ...report, troubles, ...(message !== undefined && { message }) };
}

/** The reports of a run whose labs this machine cannot even begin. */
export async function reportUntried(plan: Planned, wanted: string, why: Error): Promise<ExitCode> {
  const runFor = (reason: string): RunReport => {
    const labs = plan.runs.map(({ lab }) => notBegun(lab, 'broken', reason));
    return runReport(plan, labs, { backend: wanted, reason, began: new Date() });
  };
  return writeAll(plan, runFor(why.message), runFor(t(toldBy(why))));
}

/** @param forPeople the same in their language */
async function writeAll(
  { reporters }: Planned,
  run: RunReport,
  forPeople: RunReport,
): Promise<ExitCode> {
  let code: ExitCode = EXIT.passed;
  for (const reporting of reporters) {
    try {
      await write(reporting, run, forPeople);
    } catch (error) {
      code = EXIT.unable;
      const params = { name: reporting.name, why: toldBy(error) };
      const text = t('the {name} report cannot be written: {why}', params);
      remark(`lab: ${text}`);
    }
  }
  return code;
}

/** Labs that cannot be loaded are among them: whoever counts on `--all` is to see it. */
function runReport(plan: Planned, labs: LabReport[], { backend, reason, began }: World): RunReport {
  const broken = plan.broken.map(({ lab, file, reason: why }) =>
    notBegun({ name: lab, title: file, source: { file } }, 'broken', inEnglish(why)),
  );
  const { version, command, slow } = plan;
  return {
    harness: version,
    command,
    backend,
    reason,
    slow,
    startedAt: began.toISOString(),
    took: Date.now() - began.getTime(),
    labs: [...labs, ...broken],
  };
}

function notBegun(lab: Ended['lab'], status: 'not run' | 'broken', message: string): LabReport {
  const ended = { lab, status, message, troubles: [] };
  return labReport([], ended, () => []);
}

async function write(
  { name, file }: Reporting,
  run: RunReport,
  forPeople: RunReport,
): Promise<void> {
  const text = REPORTERS[name](run);
  if (file === undefined) handOver(text);
  else await writeInto(file, text);
  const place = process.env[SUMMARY_VARIABLE] ?? '';
  if (name === 'github' && place !== '') await addSummary(place, forPeople);
}

async function writeInto(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Behind what the step has said already: GitHub counts all of it. */
async function addSummary(file: string, run: RunReport): Promise<void> {
  const said = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  await appendFile(file, summary(run, t, SUMMARY_LIMIT - said));
}
