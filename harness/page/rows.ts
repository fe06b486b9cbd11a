import type { HostName } from '../evidence/events.ts';
import type { Ladder, Row, SegmentRow } from '../report/ladder/types.ts';

/** Which connection is looked at: its index, or all of them. */
export type Focus = number | 'all';

/** The rows that have a place of their own in the ladder, in order. */
export function rowsFor({ rows }: Ladder, focus: Focus): Row[] {
  const hasOwn = new Map<HostName, number>();
  for (const row of rows) {
    if (row.kind === 'state' && row.connection === focus && !hasOwn.has(row.host))
      hasOwn.set(row.host, row.t);
  }
  // A listener's states are its host's until the connection has a socket of its own there.
  const isLate = (row: Row): boolean =>
    row.kind === 'state' &&
    row.connection === undefined &&
    row.t >= (hasOwn.get(row.host) ?? Infinity);
  return rows.filter((row) => isOf(row, focus) && hasPlace(row) && !isLate(row));
}

const isOf = ({ connection }: Row, focus: Focus): boolean =>
  focus === 'all' || connection === undefined || connection === focus;

/** An expectation that was met stands beside what met it; the end of a step needs no telling. */
function hasPlace(row: Row): boolean {
  if (row.kind === 'expectation') return row.verdict === 'failed';
  return row.kind !== 'step' || row.phase === 'begin';
}

/** Heights, px: what is read first has most room. */
const HEIGHTS: Readonly<Record<Row['kind'], number>> = {
  step: 44,
  segment: 34,
  state: 30,
  call: 20,
  output: 20,
  program: 20,
  exit: 20,
  action: 20,
  expectation: 30,
};

export const heightOf = ({ kind }: Row): number => HEIGHTS[kind];

/** Every event that a row stands for. */
export function seqsOf(row: Row): number[] {
  if (row.kind !== 'segment') return [row.seq];
  return [row.sent, row.arrived].flatMap((seen) => (seen === undefined ? [] : [seen.seq]));
}

/** Segments as they are numbered in the ladder, from 1. */
export function numbersOf(rows: readonly Row[]): ReadonlyMap<SegmentRow, number> {
  const segments = rows.filter((row) => row.kind === 'segment');
  return new Map(segments.map((row, index) => [row, index + 1]));
}
