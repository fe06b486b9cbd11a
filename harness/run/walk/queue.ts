import { HOSTS, type EventOf, type HostName } from '../../evidence/events.ts';
import { other } from '../../history/connection.ts';
import { Repetitions } from '../../history/repetition.ts';
import { sameEndpoint } from '../../tcp/endpoint.ts';
import { endOf, spaceOf, type Segment } from '../../tcp/segment.ts';
import { before } from '../../tcp/sequence.ts';

/** A segment that a host's kernel has sent and that has not gone out. */
export interface Offered {
  host: HostName;
  id: number;
  segment: Segment;
  /** When it was sent, ns since the run began. */
  since: number;
  /** By the lab itself, which has not let it go yet. */
  held: boolean;
}

/** What the lab does to all that a host sends (harness/vocabulary/sides.ts); a walker takes his time anyway. */
export type Move = 'hold' | 'release' | 'carry' | 'delay';

/** What waits at both hosts. A host's segments keep their order, as on the wire. */
export class WalkQueue {
  readonly #waiting: Record<HostName, Offered[]> = { server: [], client: [] };
  readonly #sent = { server: new Repetitions(), client: new Repetitions() };
  readonly #holds: Record<HostName, boolean> = { server: false, client: false };

  /** Takes one that begins to wait, unless it is a copy made because somebody thinks. */
  arrived({ host, id, t, segment }: Arrival): 'waits' | 'copy' {
    if (this.#isCopy(host, segment)) return 'copy';
    this.#waiting[host].push({ host, id, segment, since: t, held: this.#holds[host] });
    return 'waits';
  }

  /** The lab holds what a host sends, or lets it go: a walker then decides when. */
  move(op: Move, host: HostName): void {
    if (op !== 'hold') this.#waiting[host] = this.#waiting[host].map(let_);
    this.#holds[host] = op === 'hold' || op === 'release';
  }

  /** The lab lets one go, before the others of its host. */
  letGo(host: HostName, id: number): void {
    this.putFirst(host, id);
    this.#waiting[host] = this.#waiting[host].map((one) => (one.id === id ? let_(one) : one));
  }

  putFirst(host: HostName, id: number): void {
    const all = this.#waiting[host];
    const isIt = (one: Offered): boolean => one.id === id;
    this.#waiting[host] = [...all.filter(isIt), ...all.filter((one) => !isIt(one))];
  }

  /**
   * The next of each host that may go. An answer comes before what has waited longer: on a wire that
   * takes no time it would have arrived before the other host sent more.
   */
  get offered(): Offered[] {
    const heads = HOSTS.flatMap((host) => this.#waiting[host].slice(0, 1));
    return heads.filter(({ held }) => !held).sort((a, b) => b.since - a.since);
  }

  /** All that waits. */
  get all(): Offered[] {
    return HOSTS.flatMap((host) => this.#waiting[host]);
  }

  took({ host, id }: Pick<Offered, 'host' | 'id'>): void {
    this.#waiting[host] = this.#waiting[host].filter((one) => one.id !== id);
  }

  /**
   * Sent again, and only because what it asks for waits: the segment itself is still here, or else the
   * one that acknowledges it.
   */
  #isCopy(host: HostName, segment: Segment): boolean {
    if (this.#sent[host].next(segment) !== 'retransmission') return false;
    const end = endOf(segment);
    return (
      this.#waiting[host].some((one) => isSame(one.segment, segment)) ||
      this.#waiting[other(host)].some(
        ({ segment: { src, dst, ack } }) =>
          sameEndpoint(src, segment.dst) &&
          sameEndpoint(dst, segment.src) &&
          ack !== undefined &&
          !before(ack, end),
      )
    );
  }
}

type Arrival = Pick<EventOf<'wire'>, 'host' | 'id' | 't'> & { segment: Segment };

const let_ = (one: Offered): Offered => ({ ...one, held: false });

const isSame = (a: Segment, b: Segment): boolean =>
  a.seq === b.seq &&
  spaceOf(a) === spaceOf(b) &&
  withoutPush(a) === withoutPush(b) &&
  sameEndpoint(a.src, b.src) &&
  sameEndpoint(a.dst, b.dst);

const withoutPush = ({ flags }: Segment): string => flags.replace('P', '');
