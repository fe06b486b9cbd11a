import { add, after } from '../tcp/sequence.ts';
import type { Segment } from '../tcp/segment.ts';

/**
 * What a segment that brings nothing new is (RFC 9293 3.8.1, 3.10.7.1, 3.10.7.4):
 *
 * - `retransmission`: the octets, SYN or FIN that it carries were sent before;
 * - `acknowledgment`: it carries none, and acknowledges nothing more than one before it;
 * - `reset`: the same reset again, in answer to a retransmission.
 */
export type Repetition = 'retransmission' | 'acknowledgment' | 'reset';

/** How far one side of a connection has come. */
interface Progress {
  /** The sequence number of its SYN, if that was seen. */
  syn?: number;
  /** The first sequence number that it has not used yet. */
  next: number;
  ack?: number;
}

/**
 * Tells of the segments of one capture, in its order, which repeat what an earlier one said. While a
 * lab holds the wire the kernel's timers go on, and it repeats itself, or not, as fast as the machine
 * is. A copy that the network made is no repetition of a kernel's.
 */
export class Repetitions {
  readonly #sides = new Map<string, Progress>();
  readonly #resets = new RepeatedResets();
  /** Every segment so far but resets, by all that tells two of them apart. */
  readonly #seen = new Set<string>();

  /** `undefined` for a segment that says something new. */
  next(segment: Segment): Repetition | undefined {
    const key = sideOf(segment);
    // A reset may be injected, anywhere in the window or out of it: it takes no place in the sequence.
    if (isReset(segment)) return this.#resets.isRepeated(segment) ? 'reset' : undefined;
    const side = this.#sides.get(key);
    const isCopy = this.#isCopy(segment);
    if (side === undefined || !bringsNothing(segment, side)) {
      this.#sides.set(key, advanced(segment, side));
      return undefined;
    }
    if (isCopy) return undefined;
    this.#resets.mayBeAnswered(segment);
    return space(segment) > 0 ? 'retransmission' : 'acknowledgment';
  }

  /**
   * Is it the very same segment once more, which no kernel sends? A kernel that sends again counts its
   * IPv4 identification on (include/net/ip.h ip_select_ident_segs; what belongs to no connection has
   * 0 and cannot be told).
   */
  #isCopy({ src, dst, flags, seq, ack, length, options, ip }: Segment): boolean {
    if (ip.id === 0) return false;
    const ends = `${sideOf({ src, dst })} ${ip.id}`;
    const key = `${ends} ${flags} ${seq} ${ack} ${length} ${options.timestamps?.value}`;
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    return false;
  }
}

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

const isReset = ({ flags }: Segment): boolean => flags.includes('R');

const isSyn = (flags: string): boolean => flags.includes('S');

/** Sequence numbers that it takes: its octets, and one each for SYN and FIN (RFC 9293 3.4). */
export const space = ({ length, flags }: Segment): number =>
  length + (isSyn(flags) ? 1 : 0) + (flags.includes('F') ? 1 : 0);

function bringsNothing(segment: Segment, side: Progress): boolean {
  // Another SYN number begins another connection with the same ports.
  if (isSyn(segment.flags) && segment.seq !== side.syn) return false;
  const { ack } = segment;
  const acknowledges = ack !== undefined && (side.ack === undefined || after(ack, side.ack));
  return !acknowledges && !after(add(segment.seq, space(segment)), side.next);
}

function advanced(segment: Segment, side: Progress | undefined): Progress {
  const begins = side === undefined || (isSyn(segment.flags) && segment.seq !== side.syn);
  const syn = isSyn(segment.flags) ? segment.seq : side?.syn;
  const end = add(segment.seq, space(segment));
  const ack = begins ? segment.ack : latest(segment.ack, side.ack);
  return {
    ...(syn === undefined ? {} : { syn }),
    next: begins || after(end, side.next) ? end : side.next,
    ...(ack === undefined ? {} : { ack }),
  };
}

function latest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return after(a, b) ? a : b;
}
