import { HOSTS, type HostName } from '../../../evidence/events.ts';
import { other } from '../../../history/connection.ts';
import type { ExpectationRow, SegmentRow } from '../../ladder/types.ts';
import { visitedEdges, type Visited } from '../state-diagram/visited-edges.ts';
import { lanesOf, type Lanes } from './lanes.ts';
import { echoed } from '../echo.ts';
import { queueRows } from '../queue/queue-rows.ts';
import { numbersOf, rowsFor, seqsOf, type Focus, type ShownRow } from './rows.ts';
import type { Run } from '../run.ts';

/** A look of `ss` at a host in which a socket of the connection was there. */
export interface Look {
  t: number;
  seq: number;
  host: HostName;
}

/** A run with one connection in focus: what the ladder, the diagrams and the table show. */
export interface Scene {
  run: Run;
  focus: Focus;
  rows: readonly ShownRow[];
  numbers: ReadonlyMap<SegmentRow, number>;
  lanes: Lanes;
  /** The ways of both ends through the state diagram; absent for all connections at once. */
  visited?: Record<HostName, Visited>;
  looks: readonly Look[];
  verdicts: readonly ExpectationRow[];
  /** The index in `rows` of the row that stands for an event. */
  rowOf: ReadonlyMap<number, number>;
  begin: number;
  end: number;
  timeOf(seq: number): number;
  /** A text with `server` and `client` in place of their addresses. */
  plain: (text: string) => string;
}

export function sceneOf(run: Run, focus: Focus): Scene {
  const { ladder, events, history } = run;
  const connection = focus === 'all' ? undefined : ladder.connections[focus];
  const rows = rowsFor(ladder, focus, queueRows(history, connection));
  const rowOf = new Map(rows.flatMap((row, i) => seqsOf(row).map((seq) => [seq, i] as const)));
  const echoes = echoed(ladder.rows);
  for (const [seq, call] of echoes) rowOf.set(seq, rowOf.get(call.seq) ?? -1);
  return {
    run,
    focus,
    rows,
    numbers: numbersOf(rows),
    lanes: lanesOf(rows, focus, ladder.end),
    looks: looksOf(run, focus),
    ...(focus !== 'all' && { visited: visitedEdges(history, focus) }),
    verdicts: ladder.rows.filter((row): row is ExpectationRow => row.kind === 'expectation'),
    rowOf,
    begin: rows[0]?.t ?? ladder.begin,
    end: ladder.end,
    plain: plainer(run),
    timeOf: (seq) => rows[rowOf.get(seq) ?? -1]?.t ?? events[seq]?.t ?? ladder.end,
  };
}

function plainer({ history: { hosts } }: Run): (text: string) => string {
  const addresses = HOSTS.flatMap((host) => hosts[host] ?? []);
  return (text) =>
    addresses.reduce((told, { host, address }) => told.replaceAll(`${address}:`, `${host}:`), text);
}

/** Those of the connection, and of its listener before it has sockets of its own. */
function looksOf({ history: { samples, sockets }, ladder }: Run, focus: Focus): Look[] {
  const connection = focus === 'all' ? undefined : ladder.connections[focus];
  if (connection === undefined) return [];
  return samples
    .filter(
      (sample) =>
        sockets[sample.host].row(
          sample,
          connection[sample.host],
          connection[other(sample.host)],
        ) !== undefined,
    )
    .map(({ ended, event, host }) => ({ t: ended, seq: event, host }));
}

/** What marks an expectation: the events that met or broke it, and the call that a line repeats. */
export function marksOf({ verdicts, rows, rowOf }: Scene, id: number | undefined): Set<number> {
  const by = verdicts.find((row) => row.id === id)?.by ?? [];
  const shown = by.flatMap((seq) => rows[rowOf.get(seq) ?? -1]?.seq ?? []);
  return new Set([...by, ...shown]);
}

/** The connection that an event is of, where it is another than the one in focus. */
export function focusFor({ run: { ladder }, focus, rowOf }: Scene, seq: number): Focus {
  if (rowOf.has(seq) || focus === 'all') return focus;
  const row = ladder.rows.find((one) => seqsOf(one).includes(seq));
  return row?.connection ?? focus;
}
