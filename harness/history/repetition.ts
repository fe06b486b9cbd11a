import { endOf, has, spaceOf, type Segment } from '../tcp/segment.ts';
import { after } from '../tcp/sequence.ts';

/**
 * What a segment that brings nothing new is (RFC 9293 3.8.1, 3.10.7.1, 3.10.7.4):
 *
 * - `retransmission`: the octets, SYN or FIN that it carries were sent before;
 * - `acknowledgment`: it carries none, and acknowledges nothing more than one before it;
 * - `reset`: the same reset again, in answer to a retransmission.
 */
export type Repetition = 'retransmission' | 'acknowledgment' | 'reset';

/**
 * Tells of the segments of one capture, in its order, which repeat what an earlier one said. While a
 * lab holds the wire the kernel's timers go on, and it repeats itself, or not, as fast as the machine
 * is. A copy that the network made is no repetition of a kernel's.
 */
export class Repetitions {
  readonly #sides = new Map<string, Side>();
  readonly #resets = new RepeatedResets();

  /** `undefined` for a segment that says something new. */
  next(segment: Segment): Repetition | undefined {
    // A reset may be injected, anywhere in the window or out of it: it takes no place in the sequence.
    if (has(segment, 'RST')) return this.#resets.isRepeated(segment) ? 'reset' : undefined;
    const side = this.#sideOf(segment);
    const isCopy = side.isCopy(segment);
    if (side.bringsNew(segment)) {
      side.advance(segment);
      return undefined;
    }
    if (isCopy) return undefined;
    this.#resets.mayBeAnswered(segment);
    return spaceOf(segment) > 0 ? 'retransmission' : 'acknowledgment';
  }

  #sideOf(segment: Segment): Side {
    const key = sideOf(segment);
    const side = this.#sides.get(key) ?? new Side();
    this.#sides.set(key, side);
    return side;
  }
}

/** How far one side of a connection has come. */
class Side {
  /** The sequence number of its SYN, if that was seen. */
  #syn: number | undefined;
  /** The first sequence number that it has not used yet. */
  #next: number | undefined;
  #ack: number | undefined;
  /** Every segment so far but resets, by its IPv4 identification. */
  readonly #seen = new Map<number, Segment[]>();

  bringsNew({ flags, seq, ack, length }: Segment): boolean {
    // Another SYN number begins another connection with the same ports.
    if (this.#next === undefined || (isSyn(flags) && seq !== this.#syn)) return true;
    if (ack !== undefined && (this.#ack === undefined || after(ack, this.#ack))) return true;
    return after(endOf({ seq, length, flags }), this.#next);
  }

  advance(segment: Segment): void {
    const { flags, seq, ack } = segment;
    const end = endOf(segment);
    if (this.#next === undefined || (isSyn(flags) && seq !== this.#syn)) {
      this.#syn = isSyn(flags) ? seq : undefined;
      this.#next = end;
      this.#ack = ack;
      return;
    }
    if (after(end, this.#next)) this.#next = end;
    if (ack !== undefined && (this.#ack === undefined || after(ack, this.#ack))) this.#ack = ack;
  }

  /**
   * Is it the very same segment once more, which no kernel sends? A kernel that sends again counts its
   * IPv4 identification on (include/net/ip.h ip_select_ident_segs; what belongs to no connection has
   * 0 and cannot be told).
   */
  isCopy(segment: Segment): boolean {
    const { id } = segment.ip;
    if (id === 0) return false;
    const known = this.#seen.get(id);
    if (known === undefined) {
      this.#seen.set(id, [segment]);
      return false;
    }
    if (known.some((one) => isSame(one, segment))) return true;
    known.push(segment);
    return false;
  }
}

const isSame = (one: Segment, another: Segment): boolean =>
  one.flags === another.flags &&
  one.seq === another.seq &&
  one.ack === another.ack &&
  one.length === another.length &&
  one.options.timestamps?.value === another.options.timestamps?.value;

/** Each segment that is sent again may bring one reset again. */
class RepeatedResets {
  readonly #sent = new Set<string>();
  /** How many more each side may send, by the side that it answers. */
  readonly #answers = new Map<string, number>();

  mayBeAnswered(segment: Segment): void {
    const side = sideOf(segment);
    this.#answers.set(side, (this.#answers.get(side) ?? 0) + 1);
  }

  isRepeated(reset: Segment): boolean {
    const same = [sideOf(reset), reset.flags, reset.seq, reset.ack].join(' ');
    const answered = sideOf({ src: reset.dst, dst: reset.src });
    const answers = this.#answers.get(answered) ?? 0;
    if (!this.#sent.has(same) || answers === 0) {
      this.#sent.add(same);
      return false;
    }
    this.#answers.set(answered, answers - 1);
    return true;
  }
}

const sideOf = ({ src, dst }: Pick<Segment, 'src' | 'dst'>): string =>
  `${src.address}:${src.port} ${dst.address}:${dst.port}`;

const isSyn = (flags: string): boolean => flags.includes('S');
