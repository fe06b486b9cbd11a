import type { LabEvent } from '../../evidence/events.ts';
import type { Packet } from '../../history/capture.ts';
import type { Incarnation } from '../../history/connections.ts';
import { courseOf, type Turn } from '../../history/ends.ts';
import { historyOf, type History } from '../../history/history.ts';
import { waitsOf } from '../../history/holds.ts';
import { segmentsOf } from '../../history/segments.ts';
import { labRows } from './lab-rows.ts';
import { mainConnection } from './main.ts';
import { programRows } from './programs.ts';
import type { Ladder, Row, Seen, SegmentRow, StateRow } from './types.ts';

/** A run as it is drawn: a pure function of its events. */
export function ladderOf(events: readonly LabEvent[]): Ladder {
  const history = historyOf(events);
  const connections = courseOf(history).connections.inOrder;
  const places = new Map(connections.map((one, place) => [one, place]));
  const rows: Row[] = [
    ...segmentRows(history, places),
    ...stateRows(history, places),
    ...programRows(history),
    ...labRows(history),
  ];
  rows.sort((a, b) => a.t - b.t || a.seq - b.seq);
  const main = mainConnection(connections, rows);
  return {
    connections,
    ...(main === undefined ? {} : { main }),
    rows,
    begin: events[0]?.t ?? 0,
    end: events.at(-1)?.t ?? 0,
  };
}

type Places = ReadonlyMap<Incarnation, number>;

function segmentRows(history: History, places: Places): SegmentRow[] {
  const { connections } = courseOf(history);
  const waits = waitsOf(history);
  return segmentsOf(history).map((one) => {
    const { segment, from, t, fate, injected, inside = false, repetition } = one;
    const [sent, arrived] = [seenIn(one.sent), seenIn(one.arrived)];
    const wait = waits.get(one);
    return {
      kind: 'segment',
      t,
      seq: (sent ?? arrived)?.seq ?? 0,
      connection: places.get(connections.of(one)) ?? 0,
      ...{ from, segment, fate, inside },
      ...(sent && { sent }),
      ...(arrived && { arrived }),
      ...(wait && { heldFor: wait.until - wait.from }),
      again: repetition === 'retransmission' || repetition === 'reset',
      forged: injected,
      names: connections.names(one),
    };
  });
}

const seenIn = (packet: Packet | undefined): Seen | undefined =>
  packet && { t: packet.t, seq: packet.event };

const stateRows = (history: History, places: Places): StateRow[] =>
  courseOf(history).turns.map((turn) => stateRow(turn, turn.connection, places));

function stateRow(
  { t, event, host, local, from, to, witness, cause, row }: Turn,
  connection: Incarnation | undefined,
  places: Places,
): StateRow {
  const place = connection && places.get(connection);
  const left = row?.timer?.name === 'timewait' ? row.timer.expiresMs : undefined;
  return {
    kind: 'state',
    t,
    seq: event,
    ...{ host, local, state: to, witness },
    ...(from && { from }),
    ...(cause !== undefined && { cause }),
    listener: connection === undefined,
    ...(place !== undefined && { connection: place }),
    ...(row && { orphan: row.processes.length === 0 }),
    ...(left !== undefined && { leftMs: left }),
  };
}
