import { appendFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SUMMARY_LIMIT, summary } from '../../report/machine/github-summary.ts';
import { REPORTERS } from '../../report/machine/reporters.ts';
import { labReport, type LabReport, type RunReport } from '../../report/machine/run-report.ts';
import { english } from '../../texts/say.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Finished } from './one.ts';
import type { Plan, PlannedRun } from './plan.ts';
import { SUMMARY_VARIABLE, type Reporting } from './reporting.ts';

/** Writes the reports that were asked for, however the labs came out; says what could not be. */
export async function writeReports(
  plan: Plan,
  finished: readonly Finished[],
  began: Date,
): Promise<ExitCode> {
  const run = runReport(plan, finished, began);
  let code: ExitCode = EXIT.passed;
  for (const reporting of plan.reporters) {
    try {
      await write(reporting, run);
    } catch (error) {
      code = EXIT.unable;
      const { message } = error as Error;
      process.stderr.write(`lab: the ${reporting.name} report cannot be written: ${message}\n`);
    }
  }
  return code;
}

function runReport(plan: Plan, finished: readonly Finished[], began: Date): RunReport {
  const { version, command, backend, reason, slow, runs } = plan;
  const reports = new Map(finished.map(({ lab, report }) => [lab, report]));
  return {
    harness: version,
    command,
    backend: backend.name,
    reason,
    slow,
    startedAt: began.toISOString(),
    took: Date.now() - began.getTime(),
    labs: runs.map(({ lab }) => reports.get(lab.name) ?? notRun(lab)),
  };
}

function notRun(lab: PlannedRun['lab']): LabReport {
  const ended = { lab, status: 'not run', message: 'interrupted', troubles: [] } as const;
  return labReport([], { ...ended, troubles: [] }, { draw: () => [], lineOf: () => undefined });
}

async function write({ name, file }: Reporting, run: RunReport): Promise<void> {
  const text = REPORTERS[name](run);
  if (file === undefined) process.stdout.write(text);
  else await writeInto(file, text);
  const place = process.env[SUMMARY_VARIABLE] ?? '';
  if (name === 'github' && place !== '') await addSummary(place, run);
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
  await appendFile(file, summary(run, english, SUMMARY_LIMIT - said));
}
