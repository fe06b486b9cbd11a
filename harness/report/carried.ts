import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import type { Segment } from '../tcp/segment.ts';
import { sameEndpoint } from '../tcp/endpoint.ts';
import { lostPackets } from '../expect/losses.ts';

/** A segment as the wire carried it: both captures put together. Times are ns since the run began. */
export interface Carried {
  segment: Segment;
  from: HostName;
  /** It never left that host. */
  inside?: true;
  /** When the sender's capture shows it leaving; absent when it does not. */
  sent?: number;
  /** When the receiver's capture shows it coming in. */
  arrived?: number;
  /** The events of both captures that say so. */
  events: { sent?: number; arrived?: number };
  /** It came in and was taken away before the receiver's TCP saw it. */
  lost: boolean;
  /** It was carried before: the same octets of the same connection. */
  again: boolean;
}

/** All TCP segments of a run, each once, in the order in which they were sent. */
export function carriedSegments(events: readonly LabEvent[]): Carried[] {
  const packets = events
    .filter((event): event is Packet => event.type === 'packet' && event.segment !== undefined)
    .sort((a, b) => a.t - b.t);
  const all = pair(packets);
  markLost(all, lostPackets(events));
  all.sort((a, b) => timeOf(a) - timeOf(b));
  markAgain(all);
  return all;
}

/** When it was first seen. */
export const timeOf = ({ sent, arrived }: Carried): number => sent ?? arrived ?? 0;

type Packet = EventOf<'packet'> & { segment: Segment };

const other = (host: HostName): HostName => (host === 'server' ? 'client' : 'server');

/** Equal segments of one sender pair up in their order: the first sent is the first to arrive. */
function pair(packets: readonly Packet[]): Carried[] {
  const all: Carried[] = [];
  const waiting = new Map<string, Carried[]>();
  const seen = (packet: Packet, side: 'sent' | 'arrived'): void => {
    const from = side === 'sent' ? packet.host : other(packet.host);
    const key = `${from} ${keyOf(packet.segment)}`;
    const candidates = waiting.get(key) ?? [];
    waiting.set(key, candidates);
    const match = candidates.find(
      (one) => one[side] === undefined && isSame(one.segment, packet.segment),
    );
    if (match !== undefined) {
      match[side] = packet.t;
      match.events[side] = packet.seq;
      return;
    }
    const { segment, t, seq } = packet;
    const events = { [side]: seq };
    const carried: Carried = { segment, from, [side]: t, events, lost: false, again: false };
    candidates.push(carried);
    all.push(carried);
  };
  const crossing = packets.filter((packet) => !isInside(packet));
  for (const packet of crossing) if (packet.direction === 'out') seen(packet, 'sent');
  for (const packet of crossing) if (packet.direction === 'in') seen(packet, 'arrived');
  return [...all, ...packets.filter(isInside).map(insideOf)];
}

/** Numbers that hardly two segments share: of tens of thousands, few are compared with another. */
const keyOf = ({ seq, ack, ip }: Segment): string => `${seq} ${ack ?? ''} ${ip.id}`;

const isSame = (one: Segment, other: Segment): boolean =>
  sameEndpoint(one.src, other.src) &&
  sameEndpoint(one.dst, other.dst) &&
  one.flags === other.flags &&
  one.window === other.window &&
  one.length === other.length &&
  one.payload === other.payload &&
  one.ip.ttl === other.ip.ttl &&
  one.ip.length === other.ip.length &&
  JSON.stringify(one.options) === JSON.stringify(other.options);

const isInside = ({ segment: { src, dst } }: Packet): boolean => src.address === dst.address;

/** On loopback a capture sees a segment once, leaving and arriving. */
const insideOf = ({ host, t, seq, segment }: Packet): Carried => ({
  segment,
  from: host,
  inside: true,
  sent: t,
  arrived: t,
  events: { sent: seq, arrived: seq },
  lost: false,
  again: false,
});

function markLost(all: readonly Carried[], lost: ReadonlySet<number>): void {
  for (const carried of all) {
    const { arrived } = carried.events;
    carried.lost = arrived !== undefined && lost.has(arrived);
  }
}

function markAgain(all: readonly Carried[]): void {
  const before = new Set<string>();
  for (const carried of all) {
    const { src, dst, seq, length, flags } = carried.segment;
    // A pure ACK takes no place in the sequence: the same one twice is no retransmission.
    if (length === 0 && !/[SF]/.test(flags)) continue;
    const ends = `${src.address}:${src.port} ${dst.address}:${dst.port}`;
    // A SYN+ACK that answers a SYN is not the SYN that its sender sent before (simultaneous open).
    const kind = flags.startsWith('S') ? flags : flags.replace(/[P.]/g, '');
    const key = `${ends} ${seq} ${length} ${kind}`;
    carried.again = before.has(key);
    before.add(key);
  }
}
