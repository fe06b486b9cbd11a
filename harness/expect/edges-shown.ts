import type { EventOf, LabEvent } from '../evidence/events.ts';
import type { NoEdgeReason } from '../evidence/expectations.ts';
import type { History } from '../history/history.ts';
import { EDGES, eventOf, LINUX_EDGES, type Edge } from '../tcp/edges.ts';
import { timedOut, wasClosed } from './edges-shown-calls.ts';
import { capturesOf, firstSignal, type Captures } from './edges-shown-signals.ts';
import type { Step } from '../history/sockets.ts';
import { isTraceable, tracedAs, tracesOf, type Traces } from './edges-shown-tracepoint.ts';

/** An edge of the state diagram that a run has shown. */
export interface Shown {
  edge: Edge;
  /** What `ss` showed: the socket in the one state, and in the host's next sample in the other. */
  step: Step;
  /** The kernel's own word for it; absent where its tracepoint cannot see it, or is not read. */
  traced?: EventOf<'transition'>[];
}

/** A step of a socket that is no edge, and why. */
export interface NoEdge {
  step: Step;
  why: NoEdgeReason;
}

interface Evidence {
  captures: Captures;
  traces: Traces;
  events: readonly LabEvent[];
}

/** What each step that `ss` shows is, one after the other; `wanted` leaves the others out. */
export function* readSteps(
  history: History,
  wanted: (step: Step) => boolean = () => true,
): Generator<Shown | NoEdge> {
  const { events } = history;
  const evidence = { captures: capturesOf(events), traces: tracesOf(events), events };
  for (const step of history.steps) if (wanted(step)) yield read(step, evidence);
}

export const isShown = (reading: Shown | NoEdge): reading is Shown => 'edge' in reading;

/**
 * The edges of the state diagram that a run has shown, each with every socket that showed it, in
 * order. Both states have been seen by `ss`, in successive samples of one host. Where another route
 * leads from the one to the other, or another event to the same state, the host's capture must have
 * the event of this edge; and what the kernel's tracepoint can see, it must have seen.
 */
export const edgesShown = (history: History): Shown[] => [...readSteps(history)].filter(isShown);

function read(step: Step, evidence: Evidence): Shown | NoEdge {
  const edges = [...EDGES, ...LINUX_EDGES].filter(
    ({ from, to }) => from === step.from && to === step.to,
  );
  if (edges.length === 0) return { step, why: { why: 'no edge' } };
  const event = isAmbiguous(step) ? eventBetween(step, evidence) : only(edges);
  const edge = edges.find((candidate) => isCausedBy(candidate, event));
  if (edge === undefined)
    return { step, why: event === undefined ? { why: 'no cause' } : { why: 'event', event } };
  if (evidence.traces.size === 0 || !isTraceable(step)) return { step, edge };
  const traced = tracedAs(step, evidence.traces);
  if (traced !== undefined) return { step, edge, traced };
  return { step, why: { why: 'tracepoint' } };
}

const only = ([edge]: readonly Edge[]): string | undefined => edge && eventOf(edge);

const isCausedBy = (edge: Edge, event: string | undefined): boolean =>
  eventOf(edge) === event || (event === 'timeout' && eventOf(edge) === 'Timeout=2MSL');

/** Is there another route from the one state to the other, or more than one event that leads there? */
function isAmbiguous({ from, to, was }: Step): boolean {
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
function eventBetween(step: Step, { captures, events }: Evidence): string | undefined {
  const signal = firstSignal(step, captures);
  // Only a call leads to FIN-WAIT-1: what comes when it is there is for the next step.
  const isLate = step.to === 'FIN-WAIT-1' && (signal?.packet.t ?? 0) > step.after.began;
  if (signal !== undefined && !isLate) return signal.name;
  if (step.to === 'FIN-WAIT-1' || wasClosed(step, events)) return 'CLOSE';
  return timedOut(step) ? 'timeout' : undefined;
}
