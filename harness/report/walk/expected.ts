import type { LabEvent } from '../../evidence/events.ts';
import { other } from '../../history/connection.ts';
import { sameEndpoint } from '../../tcp/endpoint.ts';
import { connectionOfSegment, opens, statesOf } from '../../lab/walk/ends.ts';
import { EDGES } from '../../tcp/edges.ts';
import { nextState } from '../../tcp/next-state.ts';
import type { Segment } from '../../tcp/segment.ts';
import { add, before } from '../../tcp/sequence.ts';
import { STATES, type State } from '../../tcp/state.ts';
import { lossRules } from '../../expect/losses.ts';
import type { Coming } from './segment-line.ts';

/** What the diagram says of a segment that comes: the receiver's state now, and then. */
export interface Expected {
  now: State;
  then: State;
}

export function expectedOf(events: readonly LabEvent[], { host, segment }: Coming): Expected {
  const connection = connectionOfSegment(segment, host);
  const now = statesOf(events, connection, opens(segment))[other(host)];
  const { flags } = segment;
  return { now, then: nextState(now, { flags, acksFin: acksFin(events, segment) }) };
}

/** The lab loses it on arrival, by a rule without a count; what a count leaves is seen afterwards. */
export function willBeLost(events: readonly LabEvent[], { host, segment }: Coming): boolean {
  const t = events.at(-1)?.t ?? 0;
  return lossRules(events).some(
    (rule) => rule.count === Infinity && rule.takes(other(host), segment.flags, t),
  );
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
function acksFin(events: readonly LabEvent[], { src, dst, ack }: Segment): boolean {
  const fin = events.findLast(
    (event) =>
      (event.type === 'walk' || event.type === 'packet') &&
      event.segment?.flags.includes('F') === true &&
      sameEndpoint(event.segment.src, dst) &&
      sameEndpoint(event.segment.dst, src),
  );
  if (ack === undefined || (fin?.type !== 'walk' && fin?.type !== 'packet')) return false;
  const { seq = 0, length = 0 } = fin.segment ?? {};
  return !before(ack, add(seq, length + 1));
}
