import { casesOf, type Case } from './cases.ts';
import { firstLine } from './plain.ts';
import type { LabReport, RunReport } from './run-report.ts';
import { element } from './xml.ts';
import { english } from '../../texts/say.ts';
import { scoreInWords } from '../../words/quiz.ts';

/**
 * JUnit XML in the dialect that Jenkins and GitLab read: a suite is a lab, a test case an
 * expectation, its class the lab (GitLab lists by it). What failed is a `failure`, of type `failed`
 * or `timeout`; what could not be tried an `error`, of type `broken` or `interrupted`; what was left
 * out is `skipped`.
 *
 * The files of a bundle are named as `[[ATTACHMENT|path]]`, a line each: for Jenkins those of the
 * suite; GitLab shows the first one of a failed test case. Both take paths that are relative to the
 * project's folder.
 *
 * Source: junit-10.xsd of Jenkins' xunit plugin; GitLab, "Unit test reports" and
 * lib/gitlab/ci/parsers/test/junit.rb; Jenkins' junit-attachments plugin.
 */
export function junit(run: RunReport): string {
  const cases = run.labs.flatMap(casesOf);
  const { total, failures, errors } = countsOf(cases);
  const time = seconds(run.took);
  const attributes = { name: 'socket-lab', time, tests: total, failures, errors };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(
    'testsuites',
    attributes,
    run.labs.map((lab) => suite(lab, run)),
  )}`;
}

function suite(lab: LabReport, run: RunReport): string {
  const cases = casesOf(lab);
  const { total, failures, errors, skipped } = countsOf(cases);
  const attributes = {
    name: lab.lab,
    tests: total,
    failures,
    errors,
    skipped,
    time: seconds(lab.took ?? 0),
    timestamp: lab.startedAt,
    file: lab.file,
  };
  return element('testsuite', attributes, [
    properties(lab, run),
    ...cases.map((one) => testCase(one, lab)),
    ...attachments(lab),
  ]);
}

function properties(lab: LabReport, { harness, backend, slow }: RunReport): string {
  const all = { title: lab.title, harness, backend, slow: String(slow), kernel: lab.kernel };
  const known = Object.entries({
    ...all,
    score: lab.score && scoreInWords(lab.score, english),
    bundle: lab.bundle?.folder,
  });
  return element(
    'properties',
    {},
    known.flatMap(([name, value]) =>
      value === undefined ? [] : [element('property', { name, value })],
    ),
  );
}

function testCase(one: Case, lab: LabReport): string {
  const attributes = { name: one.name, classname: lab.lab, time: seconds(one.took ?? 0) };
  const result = verdict(one);
  if (result !== undefined)
    return element('testcase', attributes, [result, ...(isBad(one) ? attachments(lab) : [])]);
  const seen = one.seen === undefined ? [] : [element('system-out', {}, harmless(one.seen))];
  return element('testcase', attributes, seen);
}

/** What a program has printed names no file of this machine. */
const harmless = (seen: string): string => seen.replaceAll('[[ATTACHMENT|', '[ATTACHMENT|');

/** The element and the type that say how it came out. */
const KINDS = {
  failed: ['failure', 'failed'],
  'timed out': ['failure', 'timeout'],
  broken: ['error', 'broken'],
  interrupted: ['error', 'interrupted'],
  skipped: ['skipped', 'skipped'],
} as const;

function verdict({ status, message = '' }: Case): string | undefined {
  if (status === 'passed') return undefined;
  const [name, type] = KINDS[status];
  return element(name, { type, message: firstLine(message) }, message);
}

const isBad = ({ status }: Case): boolean => status !== 'passed' && status !== 'skipped';

function attachments({ bundle }: LabReport): string[] {
  if (bundle === undefined) return [];
  const lines = bundle.files.map((file) => `[[ATTACHMENT|${bundle.folder}/${file}]]`);
  return [element('system-out', {}, lines.join('\n'))];
}

function countsOf(cases: readonly Case[]) {
  const count = (kind: string): number =>
    cases.filter(({ status }) => status !== 'passed' && KINDS[status][0] === kind).length;
  return {
    total: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
