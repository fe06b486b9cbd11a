import type { HostName, LabEvent } from '../evidence/events.ts';
import { other } from '../expect/connection.ts';
import { isShown, readSteps, type Shown } from '../expect/edges-shown.ts';
import { sameEndpoint } from '../expect/format.ts';
import { EDGES, LINUX_EDGES, type Edge } from '../tcp/edges.ts';
import type { Endpoint } from '../tcp/segment.ts';
import type { State } from '../tcp/state.ts';
import { ladderOf } from './ladder/ladder.ts';
import type { Connection, Ladder, StateRow } from './ladder/types.ts';

/**
 * Who saw it: `ss`, in both states of an edge; else the kernel's tracepoint; else nobody, and it
 * follows from the segments.
 */
export type Witness = StateRow['witness'];

/** A state that an end of a connection came into at `t`, ns since the run began. */
export interface VisitedState {
  state: State;
  t: number;
  witness: Witness;
}

/** An edge of the diagram that an end went along; `seq` is the event that tells so. */
export interface VisitedEdge {
  from: State;
  to: State;
  t: number;
  seq: number;
  witness: Witness;
  /** Which of the edges between the two states it is, as the diagram has it, where that is known. */
  when?: string;
}

/** The way of one end through the diagram, in order; empty for an end that is not there. */
export interface Visited {
  states: readonly VisitedState[];
  edges: readonly VisitedEdge[];
}

/** The captures' wall clock and the samples' monotonic clock are compared to the millisecond, ns. */
const CLOCK_ERROR = 2e6;

/** The ways of both ends of a connection of the ladder, given by its index, through the diagram. */
export function visitedEdges(
  events: readonly LabEvent[],
  connection: number,
  ladder: Ladder = ladderOf(events),
): Record<HostName, Visited> {
  return {
    server: visitedBy('server', connection, events, ladder),
    client: visitedBy('client', connection, events, ladder),
  };
}

function visitedBy(
  host: HostName,
  index: number,
  events: readonly LabEvent[],
  { rows, connections, begin }: Ladder,
): Visited {
  const connection = connections[index];
  const states = rows.filter((row): row is StateRow => row.kind === 'state' && row.host === host);
  const own = states.filter((row) => row.connection === index);
  if (connection === undefined || own.length === 0) return { states: [], edges: [] };
  const way = connected([...listening(states, connection[host], own), ...own]);
  const shown = shownAt(connection, host, events);
  const moves = way.map((row) => moveOf(row, shown, events));
  // What no row of `ss` shows is CLOSED.
  const initial: VisitedState[] = way
    .slice(0, 1)
    .map(({ from }) => ({ state: from, t: begin, witness: 'ss' }));
  return {
    states: [...initial, ...moves.map(({ state, t, witness }) => ({ state, t, witness }))],
    edges: moves.flatMap(({ edge }) => (edge === undefined ? [] : [edge])),
  };
}

type Turn = StateRow & { from: State };

/** Each state with the one before it. */
const connected = (rows: readonly StateRow[]): Turn[] =>
  rows.map((row, i) => ({ ...row, from: row.from ?? rows[i - 1]?.state ?? 'CLOSED' }));

/** The LISTEN that an end came from, and what its socket did from then on until it had a peer. */
function listening(
  states: readonly StateRow[],
  { port }: Endpoint,
  [first]: readonly StateRow[],
): StateRow[] {
  const before = states.filter(
    ({ listener, t }) => listener?.port === port && t <= (first?.t ?? 0),
  );
  const last = before.findLastIndex(({ state }) => state === 'LISTEN');
  return last === -1 ? [] : before.slice(last);
}

/** What `ss` has shown of an end, with the edges that it was. */
const shownAt = (
  connection: Connection,
  host: HostName,
  events: readonly LabEvent[],
): readonly Shown[] =>
  [
    ...readSteps(
      events,
      ({ host: on, local, peer }) =>
        on === host &&
        local.port === connection[host].port &&
        (peer.port === 0 || sameEndpoint(peer, connection[other(host)])),
    ),
  ].filter(isShown);

interface Move extends VisitedState {
  /** Absent where the way there is not known: the diagram has no edge between the two states. */
  edge?: VisitedEdge;
}

function moveOf(row: Turn, shown: readonly Shown[], events: readonly LabEvent[]): Move {
  const { state: to, from, t, seq } = row;
  const isIt = ({ step }: Shown): boolean =>
    step.from === from &&
    step.to === to &&
    step.before.began - CLOCK_ERROR <= t &&
    t <= step.after.ended + CLOCK_ERROR;
  const reading = shown.find(isIt);
  const isSeen = reading !== undefined || row.orphan !== undefined;
  const state: VisitedState = { state: to, t, witness: isSeen ? 'ss' : row.witness };
  // `ss` may have shown this state, but not the one before it.
  const witness = reading !== undefined ? 'ss' : row.witness === 'ss' ? 'inferred' : row.witness;
  const edges = ALL.filter((edge) => edge.from === from && edge.to === to);
  if (edges.length === 0) return state;
  const edge = reading?.edge ?? tellingOf(edges, events[row.cause ?? -1]);
  return {
    ...state,
    edge: { from, to, t, seq, witness, ...(edge === undefined ? {} : { when: edge.when }) },
  };
}

const ALL = [...EDGES, ...LINUX_EDGES].filter(({ linux }) => linux === undefined);

/** Of several edges between two states the one that the segment tells which led there. */
function tellingOf(edges: readonly Edge[], cause: LabEvent | undefined): Edge | undefined {
  if (edges.length === 1) return edges[0];
  if (cause?.type !== 'packet' || cause.segment === undefined) return undefined;
  const isReset = cause.segment.flags.includes('R');
  return edges.find(({ when }) => when.startsWith('rcv') && when.startsWith('rcv RST') === isReset);
}
