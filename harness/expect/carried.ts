import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import type { Segment } from '../tcp/segment.ts';
import { repeats } from '../tcp/repeat.ts';
import { senderIn, type Flow } from '../history/connection.ts';
import type { CarriedSegment } from './pattern.ts';

/** The addresses of both ends of the wire. */
export type Link = Record<HostName, { address: string }>;

const isPacket = (event: LabEvent): event is EventOf<'packet'> => event.type === 'packet';

/** The segments of a flow in one host's capture, in its order. */
export function carried(
  events: readonly LabEvent[],
  host: HostName,
  flow: Flow,
  link: Link,
): CarriedSegment[] {
  return events.filter(isPacket).flatMap((event) => {
    if (event.host !== host || event.segment === undefined) return [];
    const from = senderIn(event.segment, flow, link.server.address);
    return from === undefined
      ? []
      : [
          {
            event: event.seq,
            t: event.t,
            from,
            ...insideOf(event.segment),
            segment: event.segment,
          },
        ];
  });
}

const insideOf = ({ src, dst }: Segment): { inside?: boolean } =>
  src.address === dst.address ? { inside: true } : {};

/**
 * What is left when nothing is told twice. While a lab holds the wire, the kernel's timers go on
 * and it repeats itself, or not, as fast as the machine is: no lab can mean those segments.
 */
export function withoutRepeats(segments: readonly CarriedSegment[]): CarriedSegment[] {
  const repeated = repeats(segments.map(({ segment }) => segment));
  return segments.filter((_segment, index) => repeated[index] !== true);
}
