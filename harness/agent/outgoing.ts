import { monotonic } from '../sys/clock.ts';
import type { Notice, WirePhase } from './protocol.ts';
import { PacketQueue } from './packet-queue.ts';
import { told, ToldError } from '../told.ts';

/** A segment that waits: its place in the kernel's queue, and the frame that it would be on the link. */
interface Waiting {
  packet: number;
  frame: Buffer;
  /** It goes by itself then. */
  timer?: NodeJS.Timeout;
}

/** What the link adds to a packet of this host's, and how a frame gets there without its kernel. */
export interface Link {
  device: string;
  header: Buffer;
  send: (frame: Buffer) => void;
}

/**
 * What this host's kernel sends its peer. While the wire is held each segment waits, is told of, and
 * goes, in whatever order, when it is let go. Once it has been held everything passes here, so that
 * nothing overtakes what was let go before it, and is told of: the capture has it only afterwards.
 */
export class Outgoing {
  readonly #link: Link;
  readonly #notify: (notice: Notice) => void;
  readonly #trouble: (error: Error) => void;
  readonly #waiting = new Map<number, Waiting>();
  #queue: PacketQueue | undefined;
  #held = false;
  /** How long each waits, ms. */
  #delay: number | undefined;
  #lastId = 0;

  constructor(link: Link, notify: (notice: Notice) => void, trouble: (error: Error) => void) {
    this.#link = link;
    this.#notify = notify;
    this.#trouble = trouble;
  }

  /** What is sent from now on waits. */
  hold(): void {
    this.#change({ held: true });
  }

  /** What waits goes, in order; what is sent from now on waits. */
  release(): void {
    this.#change({ held: true });
    this.#letAllGo();
  }

  /** What waits goes, in order, and nothing waits any more. */
  carry(): void {
    if (this.#queue === undefined) return;
    this.#change({ held: false });
    this.#letAllGo();
  }

  /** What is sent from now on waits so long, ms, and then goes. */
  delay(ms: number): void {
    this.#change({ held: true, delay: ms });
  }

  /** One goes. @throws Error when it does not wait */
  letGo(id: number): void {
    const { packet } = this.#take(id);
    this.#queue?.pass(packet);
    this.#tell('goes', id);
  }

  /** One never goes: it is lost, or left out because only a walker's thinking made it be sent. */
  discard(id: number, as: 'dropped' | 'left-out'): void {
    const { packet } = this.#take(id);
    this.#queue?.drop(packet);
    this.#tell(as, id);
  }

  /** A copy of one goes, and itself still waits. */
  duplicate(id: number): void {
    this.#link.send(this.#get(id).frame);
    this.#tell('copied', id);
  }

  /** One is to be the first to go. */
  putFirst(id: number): void {
    const others = [...this.#waiting].filter(([other]) => other !== id);
    const one = this.#get(id);
    this.#waiting.clear();
    for (const [key, value] of [[id, one] as const, ...others]) this.#waiting.set(key, value);
  }

  /** Tells of all that the kernel has sent so far. */
  read(): void {
    this.#queue?.read();
  }

  /** What was sent before is still treated as it was then. */
  #change({ held, delay }: { held: boolean; delay?: number }): void {
    this.#queue ??= new PacketQueue(
      { hook: 'out', devices: [this.#link.device] },
      (packet, octets) => {
        this.#stops(packet, octets);
      },
      this.#trouble,
    );
    this.#queue.read();
    this.#held = held;
    this.#delay = delay;
  }

  #stops(packet: number, octets: Buffer): void {
    const id = ++this.#lastId;
    const frame = Buffer.concat([this.#link.header, octets]);
    if (!this.#held) {
      this.#tell('passes', id, frame);
      this.#queue?.pass(packet);
      return;
    }
    const timer =
      this.#delay === undefined
        ? undefined
        : setTimeout(() => {
            this.letGo(id);
          }, this.#delay);
    this.#waiting.set(id, { packet, frame, ...(timer && { timer }) });
    this.#tell('waits', id, frame);
  }

  #letAllGo(): void {
    for (const id of [...this.#waiting.keys()]) this.letGo(id);
  }

  #take(id: number): Waiting {
    const one = this.#get(id);
    clearTimeout(one.timer);
    this.#waiting.delete(id);
    return one;
  }

  #get(id: number): Waiting {
    const one = this.#waiting.get(id);
    if (one === undefined) throw new ToldError(told('no segment {n} waits', { n: id }));
    return one;
  }

  #tell(phase: WirePhase, id: number, frame?: Buffer): void {
    const t = monotonic().toString();
    const whole = frame && { frame: frame.toString('base64') };
    this.#notify({ notice: 'wire', t, phase, id, ...whole });
  }
}
