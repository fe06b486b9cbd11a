import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import type { Endpoint } from '../tcp/segment.ts';
import type { State } from '../tcp/state.ts';
import { isRequest, type Step } from '../history/sockets.ts';
import { sameEndpoint } from '../tcp/endpoint.ts';

type Transition = EventOf<'transition'>;

/** The kernel's transitions; none when its tracepoint is not read. */
export const transitionsOf = (events: readonly LabEvent[]): Transition[] =>
  events.filter((event): event is Transition => event.type === 'transition');

/** The transitions of each local address and port. */
export type Traces = ReadonlyMap<string, readonly Transition[]>;

export function tracesOf(events: readonly LabEvent[]): Traces {
  const traces = new Map<string, Transition[]>();
  for (const transition of transitionsOf(events)) {
    const key = keyOf(transition.host, transition.local);
    const own = traces.get(key);
    if (own === undefined) traces.set(key, [transition]);
    else own.push(transition);
  }
  return traces;
}

const keyOf = (host: HostName, { address, port }: Endpoint): string => `${host} ${address} ${port}`;

/** The trace is written in microseconds, ns. */
const ROUNDING = 1000;

/** The transitions of a step's socket that are the step, at once one after the other. */
export function tracedAs(step: Step, traces: Traces): Transition[] | undefined {
  const { host, peer, before, after } = step;
  const { address } = step.local;
  // A socket that connects has no port yet.
  const locals = step.from === 'CLOSED' ? [step.local, { address, port: 0 }] : [step.local];
  const candidates = locals.flatMap((local) => traces.get(keyOf(host, local)) ?? []);
  const own = candidates.filter(
    (one) =>
      one.t >= before.began - ROUNDING &&
      one.t <= after.ended + ROUNDING &&
      (sameEndpoint(one.peer, peer) || (one.peer.port === 0 && peer.port === 0)),
  );
  const wanted = asTraced(step.from, step.to);
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
 * Can the tracepoint see this step? An orphan in FIN-WAIT-2 is of TIME-WAIT's kind. A listener on
 * any address belongs to no host of which the trace could tell.
 */
export function isTraceable(step: Step): boolean {
  const { to, local, was } = step;
  if (!isTraceableEdge(step) || was?.timer?.name === 'timewait') return false;
  if (['0.0.0.0', '*', '::'].includes(local.address)) return false;
  return was === undefined || !isRequest(was) || to === 'ESTABLISHED';
}

/** TIME-WAIT is no state of a full socket, which is CLOSED when it enters it (tcp_time_wait()). */
function asTraced(from: State, to: State): string[] {
  if (to !== 'TIME-WAIT') return [`${from} ${to}`];
  if (from === 'FIN-WAIT-1') return ['FIN-WAIT-1 FIN-WAIT-2', 'FIN-WAIT-2 CLOSED'];
  return [`${from} CLOSED`];
}
