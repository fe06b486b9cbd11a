import type { HostName, LabEvent } from '../evidence/events.ts';
import { other } from '../history/connection.ts';
import { isShown, readSteps, type Shown } from '../expect/edges-shown.ts';
import { timeOf } from '../history/sockets.ts';
import { historyOf } from '../history/history.ts';
import { sameEndpoint } from '../tcp/endpoint.ts';
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

const NOWHERE: Visited = { states: [], edges: [] };

function visitedBy(
  host: HostName,
  index: number,
  events: readonly LabEvent[],
  { rows, connections, begin }: Ladder,
): Visited {
  const connection = connections[index];
  if (connection === undefined) return NOWHERE;
  const states = rows.filter((row) => row.kind === 'state');
  const own = states.filter((row) => row.connection === index && isEnd(row, host, connection));
  const [first] = own;
  if (first === undefined) return NOWHERE;
  const way = connected([...listening(states, first), ...own]);
  const shown = shownOf(first, connection[other(host)], events);
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

/** Each state with the one before it: where that leads to it, the last one that was told. */
const connected = (rows: readonly StateRow[]): Turn[] =>
  rows.map((row, i) => {
    const before = rows[i - 1]?.state;
    const leads = before !== undefined && edgesBetween(before, row.state).length > 0;
    return { ...row, from: (leads ? before : row.from) ?? before ?? 'CLOSED' };
  });

/** Both ends may be sockets of one host; or both be one socket, which is its own host's end. */
const isEnd = (row: StateRow, host: HostName, connection: Connection): boolean =>
  sameEndpoint(row.local, connection[host]) &&
  (row.host === host || !sameEndpoint(connection.server, connection.client));

/** The LISTEN that an end came from, and what its socket did from then on until it had a peer. */
function listening(states: readonly StateRow[], first: StateRow): StateRow[] {
  const before = states.filter(
    ({ listener, host, local, t }) =>
      listener && host === first.host && local.port === first.local.port && t <= first.t,
  );
  const last = before.findLastIndex(({ state }) => state === 'LISTEN');
  return last === -1 ? [] : before.slice(last);
}

/** What `ss` has shown of an end, and of a listener on its port, with the edges that it was. */
const shownOf = (
  { host, local }: StateRow,
  peer: Endpoint,
  events: readonly LabEvent[],
): readonly Shown[] =>
  [
    ...readSteps(
      historyOf(events),
      (step) =>
        step.host === host &&
        step.local.port === local.port &&
        (step.peer.port === 0 || sameEndpoint(step.peer, peer)),
    ),
  ].filter(isShown);

interface Move extends VisitedState {
  /** Absent where the way there is not known: the diagram has no edge between the two states. */
  edge?: VisitedEdge;
}

function moveOf(row: Turn, shown: readonly Shown[], events: readonly LabEvent[]): Move {
  const { state: to, from, t, seq } = row;
  const isIt = ({ step }: Shown): boolean => {
    const { since, until } = timeOf(step);
    return step.from === from && step.to === to && since <= t && t <= until;
  };
  const reading = shown.find(isIt);
  const isSeen = reading !== undefined || row.orphan !== undefined;
  const state: VisitedState = { state: to, t, witness: isSeen ? 'ss' : row.witness };
  // `ss` may have shown this state, but not the one before it.
  const witness = reading !== undefined ? 'ss' : row.witness === 'ss' ? 'inferred' : row.witness;
  const edges = edgesBetween(from, to);
  if (edges.length === 0) return state;
  const edge = reading?.edge ?? tellingOf(edges, events[row.cause ?? -1]);
  return {
    ...state,
    edge: { from, to, t, seq, witness, ...(edge === undefined ? {} : { when: edge.when }) },
  };
}

/** Those that Linux has. */
const edgesBetween = (from: State, to: State): Edge[] =>
  [...EDGES, ...LINUX_EDGES].filter(
    (edge) => edge.from === from && edge.to === to && edge.linux === undefined,
  );

/** Of several edges between two states the one that the segment tells which led there. */
function tellingOf(edges: readonly Edge[], cause: LabEvent | undefined): Edge | undefined {
  if (edges.length === 1) return edges[0];
  if (cause?.type !== 'packet' || cause.segment === undefined) return undefined;
  const isReset = cause.segment.flags.includes('R');
  return edges.find(({ when }) => when.startsWith('rcv') && when.startsWith('rcv RST') === isReset);
}
