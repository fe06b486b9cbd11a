import type { LabEvent } from '../../evidence/events.ts';
import { forgedPackets } from '../../expect/forged.ts';
import { carriedSegments } from '../carried.ts';
import { nameSequences } from '../sequence-names.ts';
import { Connections } from './connections.ts';
import { Evidence } from './evidence.ts';
import { withHeldFor } from './held-for.ts';
import { holdsOf } from './holds.ts';
import { labRows } from './lab-rows.ts';
import { mainConnection } from './main.ts';
import { programRows } from './programs.ts';
import { segmentRows } from './segments.ts';
import { stateRows } from './states.ts';
import { withWalked } from './walked.ts';
import type { Ladder, Row } from './types.ts';

/** A run as it is drawn: a pure function of its events. */
export function ladderOf(events: readonly LabEvent[]): Ladder {
  const carried = carriedSegments(events);
  const forged = forgedPackets(events);
  const names = nameSequences(carried);
  const connections = new Connections(carried, names, forged);
  const holds = holdsOf(events);
  const segments = segmentRows(carried, names, connections, { holds, forged });
  const states = stateRows(events, new Evidence(events, segments), connections);
  const programs = programRows(events);
  const calls = programs.filter((row) => row.kind === 'call');
  const { all, placeOf } = connections.inOrder();
  const rows = [
    ...withWalked(withHeldFor({ segments, states, calls }, holds), events),
    ...states,
    ...programs,
    ...labRows(events),
  ].map((row) => placed(row, placeOf));
  rows.sort((a, b) => a.t - b.t || a.seq - b.seq);
  const main = mainConnection(all, rows);
  return {
    connections: all,
    ...(main === undefined ? {} : { main }),
    rows,
    begin: events[0]?.t ?? 0,
    end: events.at(-1)?.t ?? 0,
  };
}

function placed(row: Row, placeOf: (number: number) => number): Row {
  if (row.connection === undefined) return row;
  const connection = placeOf(row.connection);
  return connection === row.connection ? row : { ...row, connection };
}
