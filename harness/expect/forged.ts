import { HARNESS_ERROR } from '../evidence/clock.ts';
import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import type { Endpoint } from '../tcp/segment.ts';

interface Forged {
  from: Endpoint;
  to: Endpoint;
  /** Its letters come first: `R seq=1`. */
  segment: string;
}

/** The segments that left a host past its kernel because the lab forged them: the numbers of their events. */
export function forgedPackets(events: readonly LabEvent[]): ReadonlySet<number> {
  const forged = new Set<number>();
  const actions = events.filter((event) => event.type === 'action' && event.op === 'forge');
  for (const action of actions as EventOf<'action'>[]) {
    if (action.phase !== 'begin' || action.host === undefined) continue;
    const end = actions.find(
      (event) => event.type === 'action' && event.phase === 'end' && event.id === action.id,
    );
    const during = {
      after: action.t - HARNESS_ERROR,
      before: (end?.t ?? action.t) + HARNESS_ERROR,
    };
    const args = action.args as unknown as Forged;
    const left = events.find(
      (event) => isIt(event, action.host as HostName, args, during) && !forged.has(event.seq),
    );
    if (left !== undefined) forged.add(left.seq);
  }
  return forged;
}

function isIt(
  event: LabEvent,
  host: HostName,
  { from, to, segment }: Forged,
  { after, before }: { after: number; before: number },
): boolean {
  if (event.type !== 'packet' || event.segment === undefined || event.host !== host) return false;
  const { src, dst, flags } = event.segment;
  return (
    event.direction === 'out' &&
    event.t >= after &&
    event.t <= before &&
    src.port === from.port &&
    src.address === from.address &&
    dst.port === to.port &&
    dst.address === to.address &&
    flags === segment.split(' ')[0]
  );
}
