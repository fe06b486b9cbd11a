import { casesOf, wholeOf, type Case } from './cases.ts';
import { plain, plainLine } from './plain.ts';
import type { LabReport, RunReport } from './run-report.ts';

/**
 * TAP version 14: a test is a lab, its expectations are its subtest, so that a reader of version 13
 * counts labs. TAP knows ok, not ok and SKIP only; which of `failed`, `timed out`, `broken` (it could
 * not be tried) and `interrupted` a `not ok` is, its YAML block says as `status`. A run that was
 * interrupted ends with `Bail out!`: what it says of TCP is not all that it was to say.
 *
 * Source: https://testanything.org/tap-version-14-specification.html
 */
export function tap(run: RunReport): string {
  const lines = run.labs.flatMap((lab, i) => labLines(lab, i + 1));
  const cut = run.labs.some(({ status }) => status === 'interrupted' || status === 'not run');
  const end = cut ? ['Bail out! interrupted'] : [];
  return ['TAP version 14', `1..${run.labs.length}`, ...lines, ...end, ''].join('\n');
}

function labLines(lab: LabReport, n: number): string[] {
  const cases = casesOf(lab);
  const { bundle } = lab;
  const about = {
    title: lab.title,
    score: lab.score,
    bundle: bundle?.folder,
    files: bundle?.files,
  };
  const inside = [`1..${cases.length}`, ...cases.flatMap((one, i) => point(one, i + 1))];
  return [
    `# Subtest: ${escape(lab.lab)}`,
    ...inside.map((line) => `    ${line}`),
    ...point(wholeOf(lab), n, about),
  ];
}

function point({ name, status, message, took }: Case, n: number, more: object = {}): string[] {
  const ok = status === 'passed' || status === 'skipped' ? 'ok' : 'not ok';
  const skip = status === 'skipped' ? ` # SKIP ${escape(message ?? '')}`.trimEnd() : '';
  const about = {
    ...(ok === 'ok' ? {} : { status, message: message ?? '' }),
    ...(took !== undefined && { duration_ms: took }),
    ...more,
  };
  return [`${ok} ${n} - ${escape(name)}${skip}`, ...yaml(about)];
}

/** JSON is YAML, whatever the text. */
function yaml(about: object): string[] {
  const entries = Object.entries(about).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return [];
  const lines = entries.map(([key, value]) => `  ${key}: ${flow(value)}`);
  return ['  ---', ...lines, '  ...'];
}

const flow = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'string' ? plain(inner) : inner));

/** A line that ends with `{` begins a subtest for node-tap's parser. */
const escape = (text: string): string =>
  plainLine(text).replace(/[\\#]/g, '\\$&').replace(/\{$/, '{…');
