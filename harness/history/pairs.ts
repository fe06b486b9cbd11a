import type { HostName } from '../evidence/events.ts';
import { sameEndpoint } from '../tcp/endpoint.ts';
import type { Segment } from '../tcp/segment.ts';
import type { Packet } from './capture.ts';
import { other } from './connection.ts';

/** A segment that the wire carried: the packets of both captures that show it. */
export interface Pair {
  from: HostName;
  /** It never left that host. On loopback a capture has it once, leaving and coming in. */
  inside?: true;
  sent?: Packet;
  arrived?: Packet;
}

/**
 * Pairs up both captures as they come: of segments that are alike the first that a host sends is the
 * first of them to arrive, so that each needs but the number of its like that were seen before.
 */
export class Pairs {
  readonly all: Pair[] = [];
  /** By numbers that hardly two segments share: few are compared with one another. */
  readonly #alike = new Map<string, Alike[]>();

  append(packet: Packet): void {
    const { host, direction, inside } = packet;
    if (inside) {
      this.all.push({ from: host, inside, sent: packet, arrived: packet });
      return;
    }
    const [from, side] =
      direction === 'out' ? ([host, 'sent'] as const) : ([other(host), 'arrived'] as const);
    const alike = this.#likeOf(from, packet.segment);
    const pair = alike.pairs[alike[side]++];
    if (pair !== undefined) {
      pair[side] = packet;
      return;
    }
    const begun = { from, [side]: packet };
    alike.pairs.push(begun);
    this.all.push(begun);
  }

  #likeOf(from: HostName, segment: Segment): Alike {
    const { seq, ack = '', ip } = segment;
    const key = `${from} ${seq} ${ack} ${ip.id}`;
    const known = this.#alike.get(key) ?? [];
    const same = known.find((one) => isSame(one.segment, segment));
    if (same !== undefined) return same;
    const alike = { segment, pairs: [], sent: 0, arrived: 0 };
    if (known.push(alike) === 1) this.#alike.set(key, known);
    return alike;
  }
}

/** Equal segments of one sender, in order, and how many of them each capture has shown. */
interface Alike {
  segment: Segment;
  pairs: Pair[];
  sent: number;
  arrived: number;
}

const isSame = (one: Segment, another: Segment): boolean =>
  sameEndpoint(one.src, another.src) &&
  sameEndpoint(one.dst, another.dst) &&
  one.flags === another.flags &&
  one.window === another.window &&
  one.length === another.length &&
  one.payload === another.payload &&
  one.ip.ttl === another.ip.ttl &&
  one.ip.length === another.ip.length &&
  JSON.stringify(one.options) === JSON.stringify(another.options);
