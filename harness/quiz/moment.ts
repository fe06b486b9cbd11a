import { CAPTURE_ERROR } from '../evidence/clock.ts';
import type { HostName } from '../evidence/events.ts';
import { likenessOf, type Packet } from '../history/capture.ts';
import { connectionOfSegment, other, type Connection } from '../history/connection.ts';
import { courseOf, type Turn } from '../history/ends.ts';
import type { History } from '../history/history.ts';
import type { Sample } from '../history/sockets.ts';
import { sameEndpoint } from '../tcp/endpoint.ts';
import type { Endpoint } from '../tcp/segment.ts';
import type { SocketRow } from '../tcp/tables/ss.ts';
import type { State } from '../tcp/states/state.ts';
import type { Coming } from './expected.ts';

/**
 * When something is asked: before a segment arrives. Of what the history has, only what was before
 * `t` may be looked at: in a run that is over it has the answers, too.
 */
export interface Moment extends Coming {
  history: History;
  /** The event that shows the segment. */
  event: number;
  /** Ns since the run began; Infinity while somebody walks: then there is nothing later. */
  t: number;
  /** Both ends' states. */
  states: Record<HostName, State>;
}

/** The segment that an event shows, and who sends it; undefined where it shows none. */
export function comingAt(history: History, event: number): Coming | undefined {
  const shown = history.events[event];
  if (shown?.type === 'wire' && shown.phase === 'waits' && shown.segment !== undefined)
    return { host: shown.host, segment: shown.segment };
  if (shown?.type !== 'packet' || shown.segment === undefined) return undefined;
  return {
    host: shown.direction === 'out' ? shown.host : other(shown.host),
    segment: shown.segment,
  };
}

/** When and where it has arrived, by its receiver's capture. */
export function arrivalOf(history: History, event: number): Packet | undefined {
  const coming = comingAt(history, event);
  const shown = history.events[event];
  if (coming === undefined || shown === undefined) return undefined;
  const { host, segment } = coming;
  const likeness = likenessOf(segment);
  return history.captures[other(host)]
    .ofEnd(segment.dst, segment.src)
    .find(
      (packet) =>
        packet.direction === 'in' &&
        (packet.event === event || packet.t >= shown.t - CAPTURE_ERROR) &&
        likenessOf(packet.segment) === likeness,
    );
}

export interface EndOf {
  host: HostName;
  local: Endpoint;
  peer: Endpoint;
}

/** An end of the connection that a segment belongs to. */
export const endAt = (host: HostName, coming: Coming): EndOf => {
  const connection = connectionOfSegment(coming.segment, coming.host);
  return { host, local: connection[host], peer: connection[other(host)] };
};

/** The changes of an end's state, in order of time. */
export const turnsOf = (history: History, { host, local, peer }: EndOf): Turn[] =>
  courseOf(history).turns.filter(
    (turn) =>
      turn.host === host && sameEndpoint(turn.local, local) && sameEndpoint(turn.peer, peer),
  );

/**
 * Both ends' states before `t`, by all that the history has, and before what packet `arriving` did;
 * `opening`: a SYN begins anew.
 */
export function statesBefore(
  history: History,
  connection: Connection,
  t: number,
  { opening, arriving }: { opening: boolean; arriving: number | undefined },
): Record<HostName, State> {
  const state = (host: HostName): State => {
    const [local, peer] = [connection[host], connection[other(host)]];
    const last = turnsOf(history, { host, local, peer }).findLast(
      (turn) => turn.t < t && (turn.cause === undefined || turn.cause !== arriving),
    )?.to;
    if (last !== undefined && (last !== 'CLOSED' || !opening)) return last;
    const listens = courseOf(history).turns.findLast(
      (turn) =>
        turn.host === host && turn.peer.port === 0 && turn.local.port === local.port && turn.t < t,
    );
    return listens?.to === 'LISTEN' ? 'LISTEN' : 'CLOSED';
  };
  return { server: state('server'), client: state('client') };
}

/** The last sample of a host that had ended before `t`. */
export const sampleBefore = (history: History, host: HostName, t: number): Sample | undefined =>
  history.sockets[host].samples.findLast(({ ended }) => ended < t);

/** How a sample shows the end. */
export const rowOf = (
  history: History,
  sample: Sample | undefined,
  { host, local, peer }: EndOf,
): SocketRow | undefined => sample && history.sockets[host].row(sample, local, peer);
