import type { HostName } from '../../../evidence/events.ts';
import type { Ladder, Row, SegmentRow } from '../../ladder/types.ts';
import { isEcho } from '../echo.ts';
import type { QueueRow } from '../queue/queue-rows.ts';
import { Others, type OthersRow } from './others.ts';

/** Which connection is looked at: its index, or all of them. */
export type Focus = number | 'all';

export type ShownRow = Row | OthersRow | QueueRow;

/** The rows that have a place of their own in the ladder, in order; `queues` are in order, too. */
export function rowsFor(
  ladder: Ladder,
  focus: Focus,
  queues: readonly QueueRow[] = [],
): ShownRow[] {
  const ownFrom = firstStates(ladder, focus);
  const others = new Others();
  const rows: ShownRow[] = [];
  let queued = 0;
  for (const row of ladder.rows) {
    for (; (queues[queued]?.t ?? Infinity) <= row.t; queued++)
      rows.push(...others.end(), ...queues.slice(queued, queued + 1));
    if (!isOf(row, focus)) {
      if (row.kind === 'segment') others.add(row);
      continue;
    }
    // A listener's states are its host's until the connection has a socket of its own there.
    const isLate = row.kind === 'state' && row.connection === undefined;
    if (isLate && row.t >= (ownFrom.get(row.host) ?? Infinity)) continue;
    if (!hasPlace(row) || isEcho(row)) continue;
    if (others.takes(row)) continue;
    rows.push(...others.end(), row);
  }
  return [...rows, ...others.end(), ...queues.slice(queued)];
}

const isOf = ({ connection }: Row, focus: Focus): boolean =>
  focus === 'all' || connection === undefined || connection === focus;

function firstStates({ rows }: Ladder, focus: Focus): Map<HostName, number> {
  const first = new Map<HostName, number>();
  for (const row of rows) {
    if (row.kind === 'state' && row.connection === focus && !first.has(row.host))
      first.set(row.host, row.t);
  }
  return first;
}

/** An expectation that was met stands beside what met it; the end of a step needs no telling. */
function hasPlace(row: Row): boolean {
  if (row.kind === 'expectation') return row.verdict === 'failed';
  return row.kind !== 'step' || row.phase === 'begin';
}

/** Heights, px: what is read first has most room. */
const HEIGHTS: Readonly<Record<ShownRow['kind'], number>> = {
  step: 44,
  segment: 34,
  state: 30,
  call: 20,
  output: 20,
  program: 20,
  exit: 20,
  action: 20,
  expectation: 30,
  others: 26,
  queue: 30,
};

export const heightOf = ({ kind }: ShownRow): number => HEIGHTS[kind];

/** Every event that a row stands for. */
export function seqsOf(row: ShownRow): readonly number[] {
  if (row.kind === 'others') return row.seqs;
  if (row.kind !== 'segment') return [row.seq];
  return [row.sent, row.arrived].flatMap((seen) => (seen === undefined ? [] : [seen.seq]));
}

/** Segments as they are numbered in the ladder, from 1. */
export function numbersOf(rows: readonly ShownRow[]): ReadonlyMap<SegmentRow, number> {
  const segments = rows.filter((row) => row.kind === 'segment');
  return new Map(segments.map((row, index) => [row, index + 1]));
}
