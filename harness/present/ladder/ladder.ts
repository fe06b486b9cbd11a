import type { LabEvent } from '../../evidence/events.ts';
import type { Packet } from '../../history/capture.ts';
import type { CapturedStream } from '../../history/captured.ts';
import type { Connections, Incarnation } from '../../history/connections.ts';
import { ignoredSegments } from '../../history/accept-queue.ts';
import { courseOf, type Turn } from '../../history/ends.ts';
import { historyOf } from '../../history/history.ts';
import { waitsOf } from '../../history/holds.ts';
import { inferredTurns } from '../../history/inferred.ts';
import { segmentsOf, type WireSegment } from '../../history/segments.ts';
import { labRows } from './lab-rows.ts';
import { mainConnection } from './main.ts';
import { programRows } from './programs.ts';
import type { Ladder, Row, Seen, SegmentRow, StateRow } from './types.ts';

/** A run as it is drawn: a pure function of its events. */
export function ladderOf(events: readonly LabEvent[]): Ladder {
  const history = historyOf(events);
  const { connections: known, turns } = courseOf(history);
  const connections = known.inOrder;
  const places = placesOf(connections);
  const rows: Row[] = [
    ...segmentRows(segmentsOf(history), known, places, {
      waits: waitsOf(history),
      ignored: ignoredSegments(history),
    }),
    ...stateRows(turns, places),
    ...programRows(history, places),
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

/**
 * One connection of a capture that is no run's. Nobody looked at its sockets: its states are inferred
 * from its segments (history/inferred.ts), and a segment arrives when it is seen.
 */
export function ladderOfStream({ connection, connections, segments }: CapturedStream): Ladder {
  const places = placesOf([connection]);
  const rows: Row[] = [
    // What a segment tells of its sender stands before it.
    ...stateRows(inferredTurns(segments, connections), places),
    ...segmentRows(segments, connections, places, NOTHING_MORE),
  ];
  rows.sort((a, b) => a.t - b.t || a.seq - b.seq);
  const isLoopback = connection.server.address === connection.client.address;
  return {
    connections: [{ ...connection, ...(isLoopback && { apart: true }) }],
    main: 0,
    rows,
    begin: rows[0]?.t ?? 0,
    end: rows.at(-1)?.t ?? 0,
  };
}

type Places = ReadonlyMap<Incarnation, number>;

const placesOf = (connections: readonly Incarnation[]): Places =>
  new Map(connections.map((one, place) => [one, place]));

/** What sockets and the wire tell of segments, beyond what captures show. */
interface Beyond {
  waits: ReturnType<typeof waitsOf>;
  ignored: ReturnType<typeof ignoredSegments>;
}
const NOTHING_MORE: Beyond = { waits: new Map(), ignored: new Set() };

function segmentRows(
  segments: readonly WireSegment[],
  connections: Connections,
  places: Places,
  { waits, ignored }: Beyond,
): SegmentRow[] {
  return segments.map((one) => {
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
      ...(ignored.has(one) && { ignored: true as const }),
      ...(wait && { heldFor: wait.until - wait.from }),
      again: repetition === 'retransmission' || repetition === 'reset',
      injected,
      names: connections.names(one),
    };
  });
}

const seenIn = (packet: Packet | undefined): Seen | undefined =>
  packet && { t: packet.t, seq: packet.event };

const stateRows = (turns: readonly Turn[], places: Places): StateRow[] =>
  turns.map((turn) => stateRow(turn, turn.connection, places));

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
