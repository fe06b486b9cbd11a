import type { HostName } from '../evidence/events.ts';
import { sameEndpoint } from '../tcp/endpoint.ts';
import { opens, takesUp, type Endpoint, type Segment } from '../tcp/segment.ts';
import { putUnder, type Packet } from './capture.ts';
import { other } from './connection.ts';
import { connectionsOf, type Connections, type Incarnation } from './connections.ts';
import { Repetitions } from './repetition.ts';
import type { WireSegment } from './segments.ts';

/** A TCP segment of a capture that is no run's, made at one place of its way. */
export interface CapturedSegment {
  /** From 1, as Wireshark counts. */
  frame: number;
  /** Nanoseconds since the first frame. */
  t: number;
  segment: Segment;
}

/** One connection of a capture, or one attempt at it: what Wireshark calls a stream. */
export interface CapturedStream {
  connection: Incarnation;
  /** Where it is one of: several may have had the same addresses and ports. */
  connections: Connections;
  segments: readonly WireSegment[];
}

/**
 * The connections of a capture in the order of their first segments; `client` is who sent the first SYN,
 * or else who has not sent a SYN+ACK, or else has the higher port.
 *
 * There is one capture for both ends. Each segment is taken to arrive when it is seen: whether it did,
 * this capture cannot tell.
 */
export function streamsOf(segments: readonly CapturedSegment[]): CapturedStream[] {
  const byPair = new Map<string, CapturedSegment[]>();
  for (const one of segments) putUnder(byPair, pairOf(one.segment), one);
  return [...byPair.values()].flatMap(streamsOfPair).sort((a, b) => firstOf(a) - firstOf(b));
}

const firstOf = ({ segments: [first] }: CapturedStream): number => first?.sent?.event ?? 0;

/** The same for both directions. */
const pairOf = ({ src, dst }: Segment): string =>
  [src, dst]
    .map(({ address, port }) => `${address} ${port}`)
    .sort()
    .join(' ');

function streamsOfPair(all: readonly CapturedSegment[]): CapturedStream[] {
  const client = clientOf(all.map(({ segment }) => segment));
  const repetitions = new Repetitions();
  const carried = all.map((one) => carriedOf(one, client, repetitions));
  const connections = connectionsOf(carried);
  const byConnection = new Map<Incarnation, WireSegment[]>();
  for (const one of carried) putUnder(byConnection, connections.of(one), one);
  return [...byConnection].map(([connection, segments]) => ({ connection, connections, segments }));
}

function clientOf(segments: readonly Segment[]): Endpoint {
  const syn = segments.find(opens);
  if (syn !== undefined) return syn.src;
  const answer = segments.find(takesUp);
  if (answer !== undefined) return answer.dst;
  const { src, dst } = segments[0] as Segment;
  return dst.port > src.port ? dst : src;
}

function carriedOf(
  { frame, t, segment }: CapturedSegment,
  client: Endpoint,
  repetitions: Repetitions,
): WireSegment {
  const from: HostName = sameEndpoint(segment.src, client) ? 'client' : 'server';
  const inside = sameEndpoint(segment.src, segment.dst);
  const repetition = repetitions.next(segment);
  const base: Pick<Packet, 'event' | 't' | 'from' | 'segment'> = { event: frame, t, from, segment };
  const more = { ...(inside && { inside }), ...(repetition && { repetition }) };
  return {
    ...{ segment, from, t, fate: 'arrived', injected: false, ...more },
    sent: { ...base, host: from, direction: 'out', ...more },
    arrived: { ...base, host: inside ? from : other(from), direction: 'in', ...more },
  };
}
