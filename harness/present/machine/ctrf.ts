import { extname } from 'node:path/posix';
import { casesOf, type Case } from './cases.ts';
import { jsonText } from '../visible.ts';
import type { LabReport, RunReport } from './run-report.ts';

/**
 * CTRF: a test is an expectation, its suite the lab and the step. A time that was over is `failed`
 * with the raw status `timed out`; what could not be tried or was interrupted is `other`; what was
 * left out is `skipped`. The raw status says which in our words.
 *
 * Source: the schema in the npm package ctrf.
 */
export function ctrf(run: RunReport): string {
  const tests = run.labs.flatMap(testsOf);
  const start = Date.parse(run.startedAt);
  const count = (status: string): number => tests.filter((test) => test.status === status).length;
  const { harness, command, backend, reason, slow } = run;
  const kernel = run.labs.find((lab) => lab.kernel !== undefined)?.kernel;
  const report = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    generatedBy: 'socket-lab',
    results: {
      tool: { name: 'socket-lab', version: harness },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: count('other'),
        suites: run.labs.length,
        start,
        stop: start + run.took,
        duration: run.took,
      },
      tests,
      environment: {
        osPlatform: 'linux',
        ...(kernel !== undefined && { osRelease: kernel }),
        testEnvironment: backend,
        extra: { reason, slow, command },
      },
    },
  };
  return `${jsonText(report, 2)}\n`;
}

const STATUSES = {
  passed: 'passed',
  failed: 'failed',
  'timed out': 'failed',
  broken: 'other',
  interrupted: 'other',
  skipped: 'skipped',
} as const;

function testsOf(lab: LabReport) {
  const files = attachments(lab);
  return casesOf(lab).map((one, i, cases) => ({
    name: one.name || 'unnamed',
    status: STATUSES[one.status],
    rawStatus: one.status,
    duration: one.took ?? 0,
    ...times(one, lab),
    suite: [lab.lab, ...(one.step === undefined ? [] : [one.step])],
    filePath: lab.file,
    ...(one.line !== undefined && { line: one.line }),
    ...messages(one),
    // Of somebody who predicted, once in a lab.
    ...(lab.score && i === cases.length - 1 && { extra: { score: lab.score } }),
    // Once in a lab, and again where they are looked for.
    ...(files.length > 0 && (i === cases.length - 1 || isBad(one)) && { attachments: files }),
  }));
}

const isBad = ({ status }: Case): boolean => status !== 'passed' && status !== 'skipped';

/** Milliseconds since 1970. */
function times({ at, took }: Case, { startedAt }: LabReport): { start?: number; stop?: number } {
  if (at === undefined || startedAt === undefined) return {};
  const start = Date.parse(startedAt) + at;
  return { start, ...(took !== undefined && { stop: start + took }) };
}

/** The reason in a line; the evidence stands where other tests have their stack. */
function messages({ message, seen }: Case): Record<string, unknown> {
  if (message === undefined) return seen === undefined ? {} : { stdout: seen.split('\n') };
  const [reason = '', ...evidence] = message.split('\n');
  return { message: reason, ...(evidence.length > 0 && { trace: evidence.join('\n') }) };
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.json': 'application/json',
  '.ndjson': 'application/x-ndjson',
  '.pcap': 'application/vnd.tcpdump.pcap',
};

const attachments = ({ bundle }: LabReport) =>
  (bundle?.files ?? []).map((name) => ({
    name,
    contentType: TYPES[extname(name)] ?? 'application/octet-stream',
    path: `${bundle?.folder ?? ''}/${name}`,
  }));
