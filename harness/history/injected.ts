import { HARNESS_ERROR } from '../evidence/clock.ts';
import type { History } from './history.ts';
import { during } from './in-time.ts';
import type { Action } from './lab.ts';

/**
 * The segments that left a host past its kernel because the lab made them (`inject`): the numbers of
 * their events.
 */
export const injectedPackets = (history: History): ReadonlySet<number> => history.derive(read);

function read(history: History): ReadonlySet<number> {
  const injected = new Set<number>();
  for (const action of history.lab.actions) {
    const event = action.op === 'inject' ? leftBy(action, history, injected) : undefined;
    if (event !== undefined) injected.add(event);
  }
  return injected;
}

/** The first such segment that left the host while it was being made. */
function leftBy(
  { host, args: { from, to, segment }, begin, end }: Action<'inject'>,
  { captures }: History,
  known: ReadonlySet<number>,
): number | undefined {
  // Its letters come first: `R seq=1`.
  const flags = segment.split(' ')[0];
  const own = during(captures[host].ofEnd(from, to), {
    since: begin.t - HARNESS_ERROR,
    until: (end ?? begin).t + HARNESS_ERROR,
  });
  for (const packet of own) {
    const isIt = packet.direction === 'out' && packet.segment.flags === flags;
    if (isIt && !known.has(packet.event)) return packet.event;
  }
  return undefined;
}
