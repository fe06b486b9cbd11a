import type { HostName } from '../evidence/events.ts';
import { connectionOfSegment, other } from '../history/connection.ts';
import type { History } from '../history/history.ts';
import { losesNow } from '../history/losses.ts';
import { statesNow } from '../history/now.ts';
import { signalsOf } from '../history/signals.ts';
import { areAmong } from '../tcp/frame/flags.ts';
import { endOf, has, opens, type Segment } from '../tcp/segment.ts';
import { before } from '../tcp/sequence.ts';
import { nextState } from '../tcp/states/next-state.ts';
import type { State } from '../tcp/states/state.ts';

/** A segment that has not arrived yet, and who sends it. */
export interface Coming {
  host: HostName;
  segment: Segment;
}

/** What the diagram says of a segment that comes: the receiver's state now, and then. */
export interface Expected {
  now: State;
  then: State;
}

/** What is expected of it, by what is known now. */
export function expectedOf(history: History, coming: Coming): Expected {
  const { host, segment } = coming;
  const connection = connectionOfSegment(segment, host);
  return expectedFrom(statesNow(history, connection, opens(segment))[other(host)], history, coming);
}

/** What is expected of one that comes at `t`, ns, to a receiver in state `now`. */
export function expectedFrom(now: State, history: History, coming: Coming, t = Infinity): Expected {
  const { flags } = coming.segment;
  return { now, then: nextState(now, { flags, acksFin: acksFin(history, coming, t) }) };
}

/** The lab loses it on arrival, by a rule without a count; what a count leaves is seen afterwards. */
export function willBeLost(history: History, { host, segment }: Coming): boolean {
  const rule = losesNow(history, other(host));
  return rule !== undefined && rule.count === undefined && areAmong(segment.flags, rule.flags);
}

/** The receiver has sent a FIN by then (which may have waited, too), and this acknowledges it. */
function acksFin(
  history: History,
  { host, segment: { src, dst, ack } }: Coming,
  t: number,
): boolean {
  const fin = signalsOf(history, other(host), dst, src).findLast(
    ({ packet }) => packet.t <= t && packet.direction === 'out' && has(packet.segment, 'FIN'),
  )?.packet.segment;
  return ack !== undefined && fin !== undefined && !before(ack, endOf(fin));
}
