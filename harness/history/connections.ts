import { CAPTURE_ERROR } from '../evidence/clock.ts';
import { HOSTS, type HostName } from '../evidence/events.ts';
import { diff } from '../tcp/sequence.ts';
import { has, opens, takesUp, type Endpoint } from '../tcp/segment.ts';
import { connectionKey, connectionOf, other, type Connection } from './connection.ts';
import type { WireSegment } from './segments.ts';

/**
 * A connection, or one attempt at it. On the same addresses and ports there may be several, one after
 * the other (RFC 9293 3.4: incarnations), told apart by the numbers of their SYNs.
 */
export interface Incarnation extends Connection {
  /** Where each end began to count, where its SYN was seen, and the letter for it: `x`, `y2`. */
  isn: Partial<Record<HostName, Numbered>>;
  /** When each end's TCP first had to do with it, ns; Infinity for one that never had. */
  first: Record<HostName, number>;
  /** When each end's own first SYN went out. */
  syn: Partial<Record<HostName, number>>;
}

export interface Numbered {
  letter: string;
  first: number;
}

/** A segment, and who sends it: all that tells whose it is. */
export type OfConnection = Pick<WireSegment, 'segment' | 'from' | 'inside'>;

/** Beyond this a number is not told by its distance: it belongs to something else. */
const FAR = 1 << 24;

/**
 * The connections of a run: those that the captures show, and those that only a socket was. The
 * sequence numbers of each are named: `x` is the seq of the client's SYN, `y` of the server's (seeds
 * 000 and 003 write them so). A later connection on the same ports has `x2`, `y2`.
 */
export class Connections {
  readonly #all: Incarnation[] = [];
  readonly #of = new Map<OfConnection, Incarnation>();
  /** By the ports of both ends: those that segments were seen of, in order. */
  readonly #byPorts = new Map<string, Incarnation[]>();
  readonly #byEnds = new Map<string, Incarnation[]>();

  /** Takes the next segment: in order of time. */
  add(one: OfConnection): Incarnation {
    const ofPorts = this.#byPorts.get(portsOf(one)) ?? [];
    const known = ofPorts.findLast((incarnation) => fits(one, incarnation)) ?? ofPorts.at(-1);
    const it = known === undefined || startsAnew(one, known) ? this.#begin(one, known) : known;
    if (has(one.segment, 'SYN') && it.isn[one.from] === undefined) {
      it.isn[one.from] = { letter: this.#letterFor(one), first: one.segment.seq };
    }
    this.#of.set(one, it);
    return it;
  }

  /** The one that a segment belongs to, which it was given by `add`. */
  of(one: OfConnection): Incarnation {
    return this.#of.get(one) ?? this.add(one);
  }

  /** How a segment's numbers are written: `x`, `y+1`, or as they are where no SYN was seen. */
  names(one: OfConnection): { seq: string; ack?: string } {
    const { isn } = this.of(one);
    const { seq, ack } = one.segment;
    return {
      seq: nameOf(seq, isn[one.from]),
      ...(ack !== undefined && { ack: nameOf(ack, isn[acknowledged(one)]) }),
    };
  }

  /**
   * The connection of which `local` was an end at `t`. `opens`: it begins then, by a SYN that leaves
   * its host afterwards and may be still to come.
   */
  at(host: HostName, local: Endpoint, peer: Endpoint, t: number, opens: boolean): Incarnation {
    const ends = connectionOf({ local, peer }, host);
    const swapped = { server: ends.client, client: ends.server };
    const known =
      this.#byEnds.get(connectionKey(ends)) ?? this.#byEnds.get(connectionKey(swapped)) ?? [];
    const next = known.find(({ syn }) => (syn[host] ?? -Infinity) >= t - CAPTURE_ERROR);
    const current = known.findLast(({ first }) => first[host] <= t) ?? known[0];
    const it = (opens ? next : current) ?? this.#know(ends);
    it.first[host] = Math.min(it.first[host], t);
    return it;
  }

  /** All in order of first appearance. */
  get inOrder(): Incarnation[] {
    return this.#all.toSorted((a, b) => firstOf(a) - firstOf(b));
  }

  #begin(one: OfConnection, known: Incarnation | undefined): Incarnation {
    const { segment, from } = one;
    const it = this.#know(connectionOf({ local: segment.src, peer: segment.dst }, from));
    // A SYN+ACK with a new number answers the SYN that was there.
    const answered = known?.isn[other(from)];
    if (has(segment, 'ACK') && answered !== undefined) it.isn[other(from)] = answered;
    append(this.#byPorts, portsOf(one), it);
    return it;
  }

  #know(ends: Connection): Incarnation {
    const it: Incarnation = {
      ...ends,
      isn: {},
      first: { server: Infinity, client: Infinity },
      syn: {},
    };
    this.#all.push(it);
    append(this.#byEnds, connectionKey(ends), it);
    return it;
  }

  #letterFor(one: OfConnection): string {
    const letter = one.from === 'client' ? 'x' : 'y';
    const ofPorts = this.#byPorts.get(portsOf(one)) ?? [];
    const earlier = ofPorts.filter(({ isn }) => isn[one.from] !== undefined).length;
    return earlier === 0 ? letter : `${letter}${earlier + 1}`;
  }
}

/** The connections of segments, each with when its ends had to do with it. */
export function connectionsOf(segments: readonly WireSegment[]): Connections {
  const connections = new Connections();
  for (const one of segments) note(one, connections.add(one));
  return connections;
}

function note(one: WireSegment, { first, syn }: Incarnation): void {
  const { from, inside, segment, t, arrived, fate, injected } = one;
  const to = inside ? from : other(from);
  if (!injected) first[from] = Math.min(first[from], t);
  if (!injected && opens(segment)) syn[from] ??= t;
  if (fate !== 'lost') first[to] = Math.min(first[to], arrived?.t ?? t);
}

const firstOf = ({ first }: Incarnation): number => Math.min(...HOSTS.map((host) => first[host]));

/** The same for both directions of a connection. */
export function portsOf({ segment: { src, dst }, from }: OfConnection): string {
  return from === 'client' ? `${src.port} ${dst.port}` : `${dst.port} ${src.port}`;
}

/** Whose octets it acknowledges: in a connection to itself, its sender's own. */
const acknowledged = ({ inside, from }: OfConnection): HostName => (inside ? from : other(from));

/** Is it of this connection for sure: by what a SYN+ACK answers, and by where all else stands? */
function fits(one: OfConnection, { isn }: Incarnation): boolean {
  const { seq, ack } = one.segment;
  const [own, answered] = [isn[one.from], isn[acknowledged(one)]];
  if (takesUp(one.segment)) return answered !== undefined && diff(ack ?? 0, answered.first) === 1;
  if (opens(one.segment)) return own?.first === seq;
  return own !== undefined && Math.abs(diff(seq, own.first)) <= FAR;
}

/** A SYN with another number than this end's SYN before it: a new connection. */
function startsAnew({ segment, from }: OfConnection, { isn }: Incarnation): boolean {
  const first = isn[from]?.first;
  return has(segment, 'SYN') && first !== undefined && first !== segment.seq;
}

function nameOf(value: number, base: Numbered | undefined): string {
  const distance = base === undefined ? NaN : diff(value, base.first);
  if (base === undefined || Math.abs(distance) > FAR) return String(value);
  if (distance === 0) return base.letter;
  return `${base.letter}${distance > 0 ? '+' : '-'}${Math.abs(distance)}`;
}

function append(index: Map<string, Incarnation[]>, key: string, one: Incarnation): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [one]);
  else list.push(one);
}
