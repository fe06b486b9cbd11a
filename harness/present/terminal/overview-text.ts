import type { LabStatus } from '../../evidence/events.ts';
import { duration } from '../../words/units.ts';
import type { Style } from './style.ts';
import { truncate, widthOf } from './wrap.ts';

/** A lab of a run of several, in a line. */
export interface Line {
  lab: string;
  status: LabStatus | 'not run';
  /** Milliseconds. */
  took?: number;
  /** Why it is not `passed`, in the reader's language. */
  message?: string;
  bundle?: string;
}

const STATUSES = ['passed', 'failed', 'broken', 'interrupted', 'not run'] as const;

/** Several labs at a glance: one line each, then how many came out how. */
export function renderOverview(all: readonly Line[], style: Style): string[] {
  const width = Math.max(...all.map(({ lab }) => lab.length));
  return [...all.map((line) => renderLine(line, width, style)), '', ...renderCounts(all, style)];
}

/** How many came out how. */
export function renderCounts(all: readonly Line[], style: Style): string[] {
  const counts = STATUSES.flatMap((status) => {
    const n = all.filter((line) => line.status === status).length;
    return n === 0 ? [] : [`${n} ${style.t(status)}`];
  });
  return [counts.join(', ')];
}

/** Its name in so many columns, what it took, and how it came out. */
export function renderLine(
  { lab, status, took, message, bundle }: Line,
  width: number,
  style: Style,
): string {
  const { colors, signs, columns, t } = style;
  const time = took === undefined ? '' : duration(took * 1e6);
  const why = message === undefined ? t(status) : `${t(status)}: ${message.split('\n')[0] ?? ''}`;
  const what = status === 'passed' ? (bundle ?? '') : why;
  const line = `${lab.padEnd(width)}  ${time.padStart(7)}  `;
  const rest =
    status === 'passed' ? what : truncate(what, Math.max(40, columns - widthOf(line) - 2));
  if (status === 'passed') return `${colors.green(signs.met)} ${line}${colors.dim(rest)}`;
  if (status === 'failed' || status === 'broken')
    return colors.red(`${signs.failed} ${line}${rest}`);
  return colors.yellow(`${signs.untried} ${line}${rest}`);
}
