import type { NoEdgeReason } from '../evidence/expectations.ts';
import { EDGES, eventOf, LINUX_EDGES, type Edge } from '../tcp/states/edges.ts';
import { sameEndpoint } from '../tcp/endpoint.ts';
import { STATES, type State } from '../tcp/states/state.ts';
import type { History } from './history.ts';
import { during } from './in-time.ts';
import type { Doings } from './programs.ts';
import { signalsOf, type Signal } from './signals.ts';
import { ANY_ADDRESS, isRequest, windowOf, type SocketChange } from './sockets.ts';
import type { Transition } from './transitions.ts';

/** An edge of the state diagram that a run has shown. */
export interface Shown {
  edge: Edge;
  /** What `ss` showed: the socket in the one state, and in the host's next sample in the other. */
  change: SocketChange;
  /** The kernel's own word for it; absent where its tracepoint cannot see it, or is not read. */
  traced?: Transition[];
}

/** A change of a socket that is no edge, and why. */
export interface NoEdge {
  change: SocketChange;
  why: NoEdgeReason;
}

/** What each change that `ss` shows is, one after the other; `wanted` leaves the others out. */
export function* readChanges(
  history: History,
  wanted: (change: SocketChange) => boolean = () => true,
): Generator<Shown | NoEdge> {
  for (const change of history.socketChanges) if (wanted(change)) yield readChange(change, history);
}

export const isShown = (reading: Shown | NoEdge): reading is Shown => 'edge' in reading;

/**
 * The edges of the state diagram that a run has shown, each with every socket that showed it, in
 * order. Both states have been seen by `ss`, in successive samples of one host. Where another route
 * leads from the one to the other, or another event to the same state, the host's capture must have
 * the event of this edge; and what the kernel's tracepoint can see, it must have seen.
 */
export const edgesShown = (history: History): Shown[] => [...readChanges(history)].filter(isShown);

/** What a change is. */
export function readChange(change: SocketChange, history: History): Shown | NoEdge {
  const edges = [...EDGES, ...LINUX_EDGES].filter(
    ({ from, to }) => from === change.from && to === change.to,
  );
  if (edges.length === 0) return { change, why: { why: 'no edge' } };
  const event = isAmbiguous(change) ? eventBetween(change, history) : only(edges);
  const edge = edges.find((candidate) => isCausedBy(candidate, event));
  if (edge === undefined)
    return { change, why: event === undefined ? { why: 'no cause' } : { why: 'event', event } };
  if (history.transitions.all.length === 0 || !isTraceable(change)) return { change, edge };
  const traced = tracedAs(change, history);
  return traced === undefined ? { change, why: { why: 'tracepoint' } } : { change, edge, traced };
}

const only = ([edge]: readonly Edge[]): string | undefined => edge && eventOf(edge);

const isCausedBy = (edge: Edge, event: string | undefined): boolean =>
  eventOf(edge) === event || (event === 'timeout' && eventOf(edge) === 'Timeout=2MSL');

/** Is there another route from the one state to the other, or more than one event that leads there? */
function isAmbiguous({ from, to, was }: SocketChange): boolean {
  if (to === 'CLOSED') return from !== 'LISTEN';
  if (to === 'LISTEN') return was !== undefined;
  return to === 'TIME-WAIT' || AMBIGUOUS.has(`${from} ${to}`);
}

/** By way of SYN-RECEIVED, of ESTABLISHED, of CLOSED and LISTEN. */
const AMBIGUOUS: ReadonlySet<string> = new Set([
  'SYN-SENT ESTABLISHED',
  'SYN-RECEIVED FIN-WAIT-1',
  'TIME-WAIT SYN-RECEIVED',
]);

/** The event that took the socket out of its state: a segment, a call, or a timer. */
function eventBetween(change: SocketChange, history: History): string | undefined {
  const { host, local, peer } = change;
  const signal = firstSignal(change, signalsOf(history, host, local, peer));
  // Only a call leads to FIN-WAIT-1: what comes when it is there is for the next change.
  const isLate = change.to === 'FIN-WAIT-1' && (signal?.t ?? 0) > change.after.began;
  if (signal !== undefined && !isLate) return signal.name;
  if (change.to === 'FIN-WAIT-1' || wasClosed(change, history)) return 'CLOSE';
  return timedOut(change) ? 'timeout' : undefined;
}

/** The first event between a change's two samples that the diagram knows in the state it begins in. */
function firstSignal(
  change: SocketChange,
  own: readonly Signal[],
): { name: string; t: number } | undefined {
  for (const { t, names } of during(own, windowOf(change))) {
    const name = names.find((event) => isKnown(event, change));
    if (name !== undefined) return { name, t };
  }
  return undefined;
}

const EVENTS: ReadonlyMap<State, ReadonlySet<string>> = new Map(
  STATES.map((state) => [
    state,
    new Set([...EDGES, ...LINUX_EDGES].filter(({ from }) => from === state).map(eventOf)),
  ]),
);

/** Is it the event of an edge that begins where the change does? */
function isKnown(event: string, { from, to, was }: SocketChange): boolean {
  // A full accept queue ignores an ACK; had it not, the connection would not be gone like that.
  if (event === 'rcv ACK of SYN' && was !== undefined && isRequest(was) && to === 'LISTEN')
    return false;
  return EVENTS.get(from)?.has(event) ?? false;
}

/** These say that it goes on. */
const GOES_ON = ['EINPROGRESS', 'EALREADY', 'EAGAIN', 'EINTR'];

/** Did a program that held the socket give it up, not told by any call that it was lost already? */
function wasClosed({ host, was, before, after }: SocketChange, { programs }: History): boolean {
  const holders = new Set(was?.processes.map(({ pid }) => programs.ofProcess(host, pid)));
  const window = { since: before.began, until: after.ended };
  let closed = false;
  for (const holder of holders) {
    if (holder === undefined) continue;
    for (const { call, code } of during(holder.callEvents, window)) {
      if (code !== undefined && !GOES_ON.includes(code)) return false;
      closed ||= call === 'close' || call === 'shutdown';
    }
    closed ||= endedDuring(holder, window);
  }
  return closed;
}

function endedDuring(
  { exit }: Doings,
  { since, until }: { since: number; until: number },
): boolean {
  return exit !== undefined && exit.t >= since && exit.t <= until;
}

/** Did the timer that `ss` showed last run out before the next sample? */
function timedOut({ was, before, after }: SocketChange): boolean {
  if (was?.timer === undefined) return false;
  return before.began + (was.timer.expiresMs ?? 0) * 1e6 <= after.ended;
}

/** The trace is written in microseconds, ns. */
const ROUNDING = 1000;

/** The transitions of a change's socket that are the change, at once one after the other. */
function tracedAs(change: SocketChange, { transitions }: History): Transition[] | undefined {
  const { host, peer, local } = change;
  const window = { since: change.before.began - ROUNDING, until: change.after.ended + ROUNDING };
  // A socket that connects has no port yet.
  const locals = change.from === 'CLOSED' ? [local, { ...local, port: 0 }] : [local];
  const own = locals
    .flatMap((end) => [...during(transitions.at(host, end), window)])
    .filter((one) => sameEndpoint(one.peer, peer) || (one.peer.port === 0 && peer.port === 0));
  const wanted = asTraced(change.from, change.to);
  for (let at = 0; at + wanted.length <= own.length; at++) {
    const run = own.slice(at, at + wanted.length);
    if (run.every((t, i) => `${t.from} ${t.to}` === wanted[i])) return run;
  }
  return undefined;
}

/** It knows full sockets only: no requests of a listener's, and none in TIME-WAIT. */
export const isTraceableEdge = ({ from, to }: { from: State; to: State }): boolean =>
  from !== 'TIME-WAIT' &&
  `${from} ${to}` !== 'LISTEN SYN-RECEIVED' &&
  `${from} ${to}` !== 'SYN-RECEIVED LISTEN';

/**
 * Can the tracepoint see this change? An orphan in FIN-WAIT-2 is of TIME-WAIT's kind. A listener on
 * any address belongs to no host of which the trace could tell.
 */
function isTraceable(change: SocketChange): boolean {
  const { to, local, was } = change;
  if (!isTraceableEdge(change) || was?.timer?.name === 'timewait') return false;
  if (ANY_ADDRESS.includes(local.address)) return false;
  return was === undefined || !isRequest(was) || to === 'ESTABLISHED';
}

/** TIME-WAIT is no state of a full socket, which is CLOSED when it enters it (tcp_time_wait()). */
function asTraced(from: State, to: State): string[] {
  if (to !== 'TIME-WAIT') return [`${from} ${to}`];
  if (from === 'FIN-WAIT-1') return ['FIN-WAIT-1 FIN-WAIT-2', 'FIN-WAIT-2 CLOSED'];
  return [`${from} CLOSED`];
}
