import type { HostName } from '../../../evidence/events.ts';
import { other } from '../../../history/connection.ts';
import type { Incarnation } from '../../../history/connections.ts';
import { isShown, readChanges, type Shown } from '../../../history/edges.ts';
import { courseOf, type Turn, type Witness } from '../../../history/ends.ts';
import type { History } from '../../../history/history.ts';
import { windowOf } from '../../../history/sockets.ts';
import { sameEndpoint } from '../../../tcp/endpoint.ts';
import { EDGES, LINUX_EDGES, type Edge } from '../../../tcp/states/edges.ts';
import type { State } from '../../../tcp/states/state.ts';

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
export function visitedEdges(history: History, index: number): Record<HostName, Visited> {
  const connection = courseOf(history).connections.inOrder[index];
  return {
    server: visitedBy('server', connection, history),
    client: visitedBy('client', connection, history),
  };
}

const NOWHERE: Visited = { states: [], edges: [] };

function visitedBy(host: HostName, connection: Incarnation | undefined, history: History): Visited {
  if (connection === undefined) return NOWHERE;
  const turns = courseOf(history).turns;
  const own = turns
    .filter((turn) => turn.connection === connection && isEnd(turn, host, connection))
    .sort((a, b) => a.t - b.t || a.event - b.event);
  const [first] = own;
  if (first === undefined) return NOWHERE;
  const way = connected([...listening(turns, first), ...own]);
  const shown = shownOf(first, connection[other(host)], history);
  const moves = way.map((turn) => moveOf(turn, shown, history));
  // What no row of `ss` shows is CLOSED.
  const begin = history.events[0]?.t ?? 0;
  const initial: VisitedState[] = way
    .slice(0, 1)
    .map(({ from }) => ({ state: from, t: begin, witness: 'ss' }));
  return {
    states: [...initial, ...moves.map(({ state, t, witness }) => ({ state, t, witness }))],
    edges: moves.flatMap(({ edge }) => (edge === undefined ? [] : [edge])),
  };
}

type Led = Turn & { from: State };

/** Each state with the one before it: where that leads to it, the last one that was told. */
const connected = (turns: readonly Turn[]): Led[] =>
  turns.map((turn, i) => {
    const before = turns[i - 1]?.to;
    const leads = before !== undefined && edgesBetween(before, turn.to).length > 0;
    return { ...turn, from: (leads ? before : turn.from) ?? before ?? 'CLOSED' };
  });

/** Both ends may be sockets of one host; or both be one socket, which is its own host's end. */
const isEnd = (turn: Turn, host: HostName, connection: Incarnation): boolean =>
  sameEndpoint(turn.local, connection[host]) &&
  (turn.host === host || !sameEndpoint(connection.server, connection.client));

/** The LISTEN that an end came from, and what its socket did from then on until it had a peer. */
function listening(turns: readonly Turn[], first: Turn): Turn[] {
  const before = turns
    .filter(
      ({ connection, host, local, t }) =>
        connection === undefined &&
        host === first.host &&
        local.port === first.local.port &&
        t <= first.t,
    )
    .sort((a, b) => a.t - b.t || a.event - b.event);
  const last = before.findLastIndex(({ to }) => to === 'LISTEN');
  return last === -1 ? [] : before.slice(last);
}

/** What `ss` has shown of an end, and of a listener on its port, with the edges that it was. */
const shownOf = (
  { host, local }: Turn,
  peer: Incarnation[HostName],
  history: History,
): readonly Shown[] =>
  [
    ...readChanges(
      history,
      (change) =>
        change.host === host &&
        change.local.port === local.port &&
        (change.peer.port === 0 || sameEndpoint(change.peer, peer)),
    ),
  ].filter(isShown);

interface Move extends VisitedState {
  /** Absent where the way there is not known: the diagram has no edge between the two states. */
  edge?: VisitedEdge;
}

function moveOf(turn: Led, shown: readonly Shown[], { events }: History): Move {
  const { to, from, t, event } = turn;
  const isIt = ({ change }: Shown): boolean => {
    const { since, until } = windowOf(change);
    return change.from === from && change.to === to && since <= t && t <= until;
  };
  const reading = shown.find(isIt);
  const isSeen = reading !== undefined || turn.row !== undefined;
  const state: VisitedState = { state: to, t, witness: isSeen ? 'ss' : turn.witness };
  // `ss` may have shown this state, but not the one before it.
  const witness = reading !== undefined ? 'ss' : turn.witness === 'ss' ? 'inferred' : turn.witness;
  const edges = edgesBetween(from, to);
  if (edges.length === 0) return state;
  const edge = reading?.edge ?? tellingOf(edges, events[turn.cause ?? -1]);
  return {
    ...state,
    edge: { from, to, t, seq: event, witness, ...(edge === undefined ? {} : { when: edge.when }) },
  };
}

/** Those that Linux has. */
const edgesBetween = (from: State, to: State): Edge[] =>
  [...EDGES, ...LINUX_EDGES].filter(
    (edge) => edge.from === from && edge.to === to && edge.linux === undefined,
  );

/** Of several edges between two states the one that the segment tells which led there. */
function tellingOf(
  edges: readonly Edge[],
  cause: History['events'][number] | undefined,
): Edge | undefined {
  if (edges.length === 1) return edges[0];
  if (cause?.type !== 'packet' || cause.segment === undefined) return undefined;
  const isReset = cause.segment.flags.includes('R');
  return edges.find(({ when }) => when.startsWith('rcv') && when.startsWith('rcv RST') === isReset);
}
