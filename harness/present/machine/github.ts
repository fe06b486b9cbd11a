import { casesOf, type Case } from './cases.ts';
import { firstLine, plain } from './plain.ts';
import type { LabReport, RunReport } from './run-report.ts';

/** Annotations of one level that GitHub takes from a step; what is more it leaves out silently. */
const MOST = 10;

/** Characters of a message that the runner passes on. */
const LONGEST = 4096;

/**
 * GitHub's workflow commands, one a line: an `error` for each expectation that failed, was timed out
 * or could not be tried (its title says which), at the lab's file and, where it is known, the line
 * of its step; a `warning` for each lab that was interrupted or not run. When there are more than
 * GitHub takes, the last one says how many are left out.
 *
 * Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions; limits:
 * actions/toolkit docs/problem-matchers.md ("Limitations"); escaping: packages/core/src/command.ts.
 */
export function annotations(run: RunReport): string {
  const all = run.labs.flatMap((lab) => {
    const cases = casesOf(lab);
    const untried = cases.filter(
      ({ status }) => status === 'interrupted' || lab.status === 'not run',
    );
    const bad = cases.filter(({ status }) => status in TITLES);
    return [
      ...bad.map((one) => annotation('error', one, lab)),
      ...untried.map((one) => annotation('warning', one, lab)),
    ];
  });
  const of = (level: Level): string[] =>
    limited(
      level,
      all.filter((one) => one.level === level),
    );
  return [...of('error'), ...of('warning')].map((line) => `${line}\n`).join('');
}

type Level = 'error' | 'warning';

const TITLES: Readonly<Record<string, string>> = {
  failed: 'failed',
  'timed out': 'timed out',
  broken: 'could not be tried',
};

interface Annotation {
  level: Level;
  line: string;
}

function annotation(
  level: Level,
  { name, status, message = '', line }: Case,
  lab: LabReport,
): Annotation {
  const properties = {
    file: lab.file,
    line: String(line ?? 1),
    title: `${lab.lab}: ${level === 'error' ? (TITLES[status] ?? status) : lab.status}`,
  };
  const bundle = lab.bundle === undefined ? '' : `\nbundle: ${lab.bundle.folder}`;
  return { level, line: command(level, properties, `${name}\n${message}${bundle}`) };
}

/** Room for the one that says that there are more. */
function limited(level: Level, all: readonly Annotation[]): string[] {
  const lines = all.map(({ line }) => line);
  if (lines.length <= MOST) return lines;
  const kept = lines.slice(0, MOST - 1);
  const left = `${lines.length - kept.length} more: GitHub takes ${MOST} of a kind; the summary has all`;
  return [...kept, command(level, {}, left)];
}

function command(level: Level, properties: Record<string, string>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${[level, list.join(',')].filter(Boolean).join(' ')}::${data(plain(message).slice(0, LONGEST))}`;
}

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string =>
  data(firstLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
