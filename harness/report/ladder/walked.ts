import { HARNESS_ERROR } from '../../evidence/clock.ts';
import type { EventOf, HostName, LabEvent } from '../../evidence/events.ts';
import type { Segment } from '../../tcp/segment.ts';
import { SHORTEST_WAIT } from './holds.ts';
import type { SegmentRow } from './types.ts';

/** A segment that a kernel made at `since`, and that was let go at `until`, by somebody who walks. */
interface Waited {
  host: HostName;
  segment: Segment;
  since: number;
  until: number;
}

/** Of a run that somebody walked through: each segment waited, from when its kernel sent it. */
export function withWalked(rows: readonly SegmentRow[], events: readonly LabEvent[]): SegmentRow[] {
  const left = waitedOnes(events);
  return rows.map((row) => {
    const { sent, forged, from, segment } = row;
    if (sent === undefined || forged) return row;
    const at = left.findIndex(
      (one) =>
        one.host === from && one.until <= sent.t + HARNESS_ERROR && isSame(one.segment, segment),
    );
    const [waited] = at === -1 ? [] : left.splice(at, 1);
    if (waited === undefined) return row;
    const heldFor = sent.t - waited.since;
    return heldFor < SHORTEST_WAIT ? { ...row, held: false } : { ...row, held: true, heldFor };
  });
}

/** In the order in which they went. */
function waitedOnes(events: readonly LabEvent[]): Waited[] {
  const waiting = new Map<string, EventOf<'walk'>>();
  return events.flatMap((event) => {
    if (event.type !== 'walk') return [];
    const { host, id, phase, t } = event;
    const key = `${host} ${id}`;
    if (phase === 'waits') waiting.set(key, event);
    const { segment, t: since } = waiting.get(key) ?? {};
    if (phase !== 'goes' || segment === undefined || since === undefined) return [];
    return [{ host, segment, since, until: t }];
  });
}

/** By what a packet's header tells it from another one. */
const isSame = (one: Segment, other: Segment): boolean =>
  one.src.port === other.src.port &&
  one.dst.port === other.dst.port &&
  one.flags === other.flags &&
  one.seq === other.seq &&
  one.ack === other.ack &&
  one.length === other.length &&
  one.ip.id === other.ip.id;
