import { after } from './sequence.ts';
import { endOf, has, type Segment } from './segment.ts';

/** How far one side of a connection has come. */
interface Progress {
  /** The sequence number of its SYN, if that was seen. */
  syn?: number;
  /** The first sequence number that it has not used yet. */
  next: number;
  ack?: number;
}

/**
 * True for every segment that brings nothing new: all it carries was sent before and it
 * acknowledges nothing more. Such are retransmissions, and the ACKs that answer them (RFC 9293
 * 3.8.1, 3.10.7.4). A connection whose segments are held repeats itself, and rightly so. A reset
 * says something, unless it is an earlier one again and answers such a repetition (3.10.7.1). The
 * segments are those of one capture, in its order.
 */
export function repeats(segments: readonly Segment[]): boolean[] {
  const sides = new Map<string, Progress>();
  const resets = new RepeatedResets();
  return segments.map((segment) => {
    // A reset may be forged, anywhere in the window or out of it: it takes no place in the sequence.
    if (has(segment, 'RST')) return resets.isRepeated(segment);
    const key = sideOf(segment);
    const side = sides.get(key);
    const repeated = side !== undefined && bringsNothing(segment, side);
    if (repeated) resets.mayBeAnswered(segment);
    else sides.set(key, advanced(segment, side));
    return repeated;
  });
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

function bringsNothing(segment: Segment, side: Progress): boolean {
  // Another SYN number begins another connection with the same ports.
  if (has(segment, 'SYN') && segment.seq !== side.syn) return false;
  const { ack } = segment;
  const acknowledges = ack !== undefined && (side.ack === undefined || after(ack, side.ack));
  return !acknowledges && !after(endOf(segment), side.next);
}

function advanced(segment: Segment, side: Progress | undefined): Progress {
  const begins = side === undefined || (has(segment, 'SYN') && segment.seq !== side.syn);
  const syn = has(segment, 'SYN') ? segment.seq : side?.syn;
  const end = endOf(segment);
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
