import type { AtHost } from './phrases.ts';
import { isAtHost } from './phrases.ts';
import type { ExpectationRow, Row, SegmentRow, StateRow, StepRow } from '../../ladder/types.ts';

/** What gets a line of its own, in order of time. */
export type Item =
  | { kind: 'segment'; t: number; row: SegmentRow; part: Part; states: StateRow[] }
  | { kind: 'state'; t: number; row: StateRow }
  | { kind: 'at host'; t: number; row: AtHost }
  | { kind: 'step'; t: number; row: StepRow }
  | { kind: 'more'; t: number; count: number }
  | { kind: 'failed'; t: number; row: ExpectationRow };

/**
 * `whole`: it takes no time to speak of. `made`: it waits on the held wire from now on. `leaving`,
 * `arriving`: another one comes towards it, and they cross.
 */
export type Part = 'whole' | 'made' | 'leaving' | 'arriving';

/** Rows as they are to be drawn; states that a segment led to stand with it. */
export function itemsOf(rows: readonly Row[]): Item[] {
  const segments = rows.filter((row) => row.kind === 'segment');
  const crossing = crossings(segments);
  const caused = new Map<number, StateRow[]>();
  const arrivals = new Set(segments.flatMap(({ arrived }) => (arrived ? [arrived.seq] : [])));
  for (const row of rows) {
    if (row.kind !== 'state' || row.cause === undefined || !arrivals.has(row.cause)) continue;
    caused.set(row.cause, [...(caused.get(row.cause) ?? []), row]);
  }
  const items = rows.flatMap((row): Item[] => {
    if (row.kind === 'segment') return partsOf(row, crossing.has(row), caused);
    if (row.kind === 'state') {
      const isTold = row.cause !== undefined && arrivals.has(row.cause);
      return isTold ? [] : [{ kind: 'state', t: row.t, row }];
    }
    if (row.kind === 'step') return [{ kind: 'step', t: row.t, row }];
    if (isAtHost(row)) return [{ kind: 'at host', t: row.t, row }];
    return row.verdict === 'failed' ? [{ kind: 'failed', t: row.t, row }] : [];
  });
  return withoutLongRuns(withoutEmptySteps(items.toSorted((a, b) => a.t - b.t)));
}

function partsOf(
  row: SegmentRow,
  crosses: boolean,
  caused: ReadonlyMap<number, StateRow[]>,
): Item[] {
  const { t, arrived, heldFor } = row;
  const states = caused.get(arrived?.seq ?? -1) ?? [];
  const part = (name: Part, at: number, led: StateRow[]): Item => ({
    kind: 'segment',
    t: at,
    row,
    part: name,
    states: led,
  });
  const made = heldFor === undefined ? [] : [part('made', t - heldFor, [])];
  if (!crosses || arrived === undefined) return [...made, part('whole', t, states)];
  return [...made, part('leaving', t, []), part('arriving', arrived.t, states)];
}

/** Segments that are on their way while one comes towards them. */
function crossings(segments: readonly SegmentRow[]): ReadonlySet<SegmentRow> {
  const both = new Set<SegmentRow>();
  segments.forEach((one, i) => {
    const until = one.arrived?.t ?? one.t;
    for (let j = i + 1; j < segments.length; j++) {
      const other = segments[j];
      if (other === undefined || other.t >= until) break;
      const meets = other.from !== one.from && other.connection === one.connection;
      if (!meets || other.arrived === undefined || one.inside) continue;
      both.add(one).add(other);
    }
  });
  return both;
}

/** What has nothing to show on the wire or at a host needs no heading. */
function withoutEmptySteps(items: readonly Item[]): Item[] {
  const empty = new Set<number>();
  items.forEach((item, i) => {
    const next = items[i + 1];
    if (item.kind !== 'step' || next?.kind !== 'step') return;
    if (item.row.phase === 'begin' && item.row.id === next.row.id) empty.add(item.row.id);
  });
  return items.filter((item) => item.kind !== 'step' || !empty.has(item.row.id));
}

/** So much of what programs do, without a segment or a state between, is a loop. */
const RUN = 14;
const ENDS = 5;

function withoutLongRuns(items: readonly Item[]): Item[] {
  const kept: Item[] = [];
  for (let i = 0; i < items.length;) {
    const next = items.findIndex((item, j) => j >= i && item.kind !== 'at host');
    const end = next === -1 ? items.length : next;
    const run = items.slice(i, end);
    if (run.length > RUN) kept.push(...shortened(run));
    else kept.push(...run);
    kept.push(...items.slice(end, end + 1));
    i = end + 1;
  }
  return kept;
}

function shortened(run: readonly Item[]): Item[] {
  const after = run.slice(-ENDS);
  const count = run.length - 2 * ENDS;
  return [...run.slice(0, ENDS), { kind: 'more', t: after[0]?.t ?? 0, count }, ...after];
}
