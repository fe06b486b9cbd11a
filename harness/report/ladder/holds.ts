import { HARNESS_ERROR } from '../../evidence/clock.ts';
import type { EventOf, HostName, LabEvent } from '../../evidence/events.ts';

/** Less than that is no waiting: it is what letting go takes, ns. */
export const SHORTEST_WAIT = 1e6;

/** When a host's wire was held, and when what waited went out. Times are ns since the run began. */
export interface Hold {
  host: HostName;
  /** What was made from here on waits; at the latest, from `to` on. */
  from: number;
  /** `release` and `carry` that let go what was there. */
  releases: { begin: number; end: number }[];
}
export type Holds = readonly Hold[];

/** The holds of both hosts, in order. */
export function holdsOf(events: readonly LabEvent[]): Holds {
  const holds: Hold[] = [];
  const open = new Map<HostName, Hold>();
  const begins = new Map<number, number>();
  for (const event of events) {
    if (!isAboutWire(event)) continue;
    const { id, host, op, t } = event;
    if (event.phase === 'begin') begins.set(id, t);
    const begin = begins.get(id) ?? t;
    const hold = open.get(host);
    if (op === 'hold' && event.phase === 'begin' && hold === undefined) {
      const opened = { host, from: begin, releases: [] };
      open.set(host, opened);
      holds.push(opened);
    } else if (op !== 'hold' && event.phase === 'end' && hold !== undefined) {
      hold.releases.push({ begin, end: t });
      if (op === 'carry') open.delete(host);
    }
  }
  return holds;
}

type AboutWire = EventOf<'action'> & { host: HostName };

const isAboutWire = (event: LabEvent): event is AboutWire =>
  event.type === 'action' &&
  event.host !== undefined &&
  ['hold', 'release', 'carry'].includes(event.op);

/** Did what left a host at `t` leave because its held wire was let go? */
export const isHeld = (holds: Holds, host: HostName, t: number): boolean =>
  holdOf(holds, host, t) !== undefined;

/** The hold of whose end, or of one of whose releases, `t` is part. */
export const holdOf = (holds: Holds, host: HostName, t: number): Hold | undefined =>
  holds.find(
    (hold) =>
      hold.host === host &&
      hold.releases.some(
        ({ begin, end }) => t >= begin - HARNESS_ERROR && t <= end + HARNESS_ERROR,
      ),
  );
