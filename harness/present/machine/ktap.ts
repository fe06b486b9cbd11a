import { casesOf, wholeOf, type Case } from './cases.ts';
import { firstLine, plain, plainLine } from './plain.ts';
import type { LabReport, RunReport } from './run-report.ts';
import { english } from '../../texts/say.ts';
import { scoreInWords } from '../../words/quiz.ts';

/**
 * KTAP version 1, for kernel CI: a test is a lab, its subtests are its expectations. `TIMEOUT`,
 * `ERROR` (it could not be tried, or was interrupted) and `SKIP` are KTAP's own directives; a `not
 * ok` without one is a failure. Why stands in diagnostic lines before the result.
 *
 * Source: Documentation/dev-tools/ktap.rst; the line `# Subtest: name`, by which KUnit's
 * tools/testing/kunit/kunit_parser.py knows a lab's name before its result comes.
 */
export function ktap(run: RunReport): string {
  const { harness, backend } = run;
  return [
    'KTAP version 1',
    `1..${run.labs.length}`,
    `# socket-lab ${harness} on ${backend}`,
    ...run.labs.flatMap((lab, i) => labLines(lab, i + 1)),
    '',
  ].join('\n');
}

function labLines(lab: LabReport, n: number): string[] {
  const cases = casesOf(lab);
  const { kernel, bundle, score } = lab;
  const inside = [
    'KTAP version 1',
    `# Subtest: ${description(lab.lab)}`,
    `1..${cases.length}`,
    ...cases.flatMap((one, i) => [...diagnosis(one), result(one, i + 1)]),
  ];
  return [
    ...inside.map((line) => `  ${line}`),
    ...(kernel === undefined ? [] : [`# Linux ${plainLine(kernel)}`]),
    ...(score === undefined ? [] : [`# predicted: ${scoreInWords(score, english)}`]),
    ...(bundle === undefined ? [] : [`# bundle: ${plainLine(bundle.folder)}`]),
    result(wholeOf(lab), n),
  ];
}

const DIRECTIVES = {
  'timed out': 'TIMEOUT',
  broken: 'ERROR',
  interrupted: 'ERROR',
  skipped: 'SKIP',
} as const;

function result({ name, status, message = '' }: Case, n: number): string {
  const line = `${status === 'passed' || status === 'skipped' ? 'ok' : 'not ok'} ${n} ${description(name)}`;
  if (status === 'passed' || status === 'failed') return line;
  return `${line} # ${DIRECTIVES[status]} ${hashless(firstLine(message))}`.trimEnd();
}

/** Indented: whatever the text is, none of its lines is then taken for `# Subtest: ...`. */
function diagnosis({ status, message }: Case): string[] {
  if (message === undefined || status === 'skipped') return [];
  return plain(message)
    .split('\n')
    .map((line) => `#   ${line}`.trimEnd());
}

/** Any string of words that has no `#`; `- ` before it is TAP's. */
const description = (text: string): string =>
  hashless(plainLine(text)).replace(/^(?:- *)+/, '') || 'unnamed';

/** The full-width one: a parser takes ` # SKIP` for a directive wherever it stands in a result. */
const hashless = (text: string): string => text.replaceAll('#', '\uff03');
