import type { ArgsOf } from '../evidence/actions.ts';
import { CAPTURE_ERROR, HARNESS_ERROR } from '../evidence/clock.ts';
import { HOSTS, type HostName } from '../evidence/events.ts';
import { likenessOf, putUnder, type Packet } from './capture.ts';
import type { History } from './history.ts';

/** The segments that came in and that TCP never saw, as the wire told of each: the numbers of their events. */
export const lostPackets = (history: History): ReadonlySet<number> => history.derive(read);

function read({ waiting, captures }: History): ReadonlySet<number> {
  const lost = new Set<number>();
  for (const host of HOSTS) {
    const losses = waiting.losses[host];
    if (losses.length === 0) continue;
    const arrived = new Map<string, Packet[]>();
    for (const packet of captures[host].packets) {
      if (packet.direction === 'in') putUnder(arrived, likenessOf(packet.segment), packet);
    }
    for (const { segment, t, since } of losses) {
      // Of several that are alike, the first that came when such were lost.
      const isIt = (packet: Packet): boolean =>
        packet.t >= since - HARNESS_ERROR &&
        packet.t <= t + CAPTURE_ERROR &&
        !lost.has(packet.event);
      const one = arrived.get(likenessOf(segment))?.find(isIt);
      if (one !== undefined) lost.add(one.event);
    }
  }
  return lost;
}

/** What the lab has a host lose from now on: of one `drop` at a time. */
export function losesNow({ lab }: History, host: HostName): ArgsOf<'drop'> | undefined {
  const last = lab.actions.findLast(
    ({ op, host: at, end }) =>
      at === host && (op === 'drop' || op === 'undrop') && end !== undefined && !end.error,
  );
  return last?.op === 'drop' ? last.args : undefined;
}
