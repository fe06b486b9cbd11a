import { connectionOfSegment, other } from '../../../history/connection.ts';
import type { History } from '../../../history/history.ts';
import { losesNow } from '../../../history/losses.ts';
import { statesNow } from '../../../history/now.ts';
import { signalsOf } from '../../../history/signals.ts';
import { areAmong } from '../../../tcp/frame/flags.ts';
import { EDGES } from '../../../tcp/states/edges.ts';
import { nextState } from '../../../tcp/states/next-state.ts';
import { endOf, has, opens } from '../../../tcp/segment.ts';
import { before } from '../../../tcp/sequence.ts';
import { STATES, type State } from '../../../tcp/states/state.ts';
import type { Coming } from './segment-line.ts';

/** What the diagram says of a segment that comes: the receiver's state now, and then. */
export interface Expected {
  now: State;
  then: State;
}

export function expectedOf(history: History, coming: Coming): Expected {
  const { host, segment } = coming;
  const connection = connectionOfSegment(segment, host);
  const now = statesNow(history, connection, opens(segment))[other(host)];
  const { flags } = segment;
  return { now, then: nextState(now, { flags, acksFin: acksFin(history, coming) }) };
}

/** The lab loses it on arrival, by a rule without a count; what a count leaves is seen afterwards. */
export function willBeLost(history: History, { host, segment }: Coming): boolean {
  const rule = losesNow(history, other(host));
  return rule !== undefined && rule.count === undefined && areAmong(segment.flags, rule.flags);
}

/** The states that a question may offer: where the receiver is, and up to two edges further. */
export function choicesFrom({ now, then }: Expected): State[] {
  const next = (of: readonly State[]): State[] =>
    EDGES.filter(({ from }) => of.includes(from)).map(({ to }) => to);
  const near = next([now]);
  // From CLOSED everything begins anew.
  const far = next(near.filter((state) => state !== 'CLOSED'));
  const choices = [...new Set<State>([now, then, ...near, ...far])].slice(0, MOST_CHOICES);
  return STATES.filter((state) => choices.includes(state));
}

/** A digit each. */
const MOST_CHOICES = 9;

/** The receiver has sent a FIN (which may have waited, too), and this acknowledges it. */
function acksFin(history: History, { host, segment: { src, dst, ack } }: Coming): boolean {
  const fin = signalsOf(history, other(host), dst, src).findLast(
    ({ packet }) => packet.direction === 'out' && has(packet.segment, 'FIN'),
  )?.packet.segment;
  return ack !== undefined && fin !== undefined && !before(ack, endOf(fin));
}
