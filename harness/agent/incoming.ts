import { monotonic } from '../sys/clock.ts';
import { bitsOf, losing, type DropRule } from '../wire/drop.ts';
import { PacketQueue } from './packet-queue.ts';
import type { Notice } from './protocol.ts';

/**
 * What reaches this host: some of it is lost, for good. The capture, which comes first, shows it
 * arriving; TCP never sees it.
 */
export class Incoming {
  readonly #link: { device: string; header: Buffer };
  readonly #notify: (notice: Notice) => void;
  readonly #trouble: (error: Error) => void;
  #queue: PacketQueue | undefined;
  #loses: ((flags: number) => boolean) | undefined;
  #lost = 0;
  /** How many more are to be lost. */
  #left = 0;

  constructor(
    link: { device: string; header: Buffer },
    notify: (notice: Notice) => void,
    trouble: (error: Error) => void,
  ) {
    this.#link = link;
    this.#notify = notify;
    this.#trouble = trouble;
  }

  /** From now on these are lost, and no others. @throws Error when the rule makes no sense */
  drop(rule: DropRule): void {
    const loses = losing(rule);
    this.#queue ??= new PacketQueue(
      // What it sends to itself reaches it, too.
      { hook: 'in', devices: [this.#link.device, 'lo'] },
      (id, packet) => {
        this.#arrives(id, packet);
      },
      this.#trouble,
    );
    // What goes on is not kept waiting for us: TCP has it when the capture shows it.
    this.#queue.take(bitsOf(rule));
    this.#queue.read();
    this.#loses = loses;
    this.#left = (rule.count ?? Infinity) * rule.flags.split('|').length;
  }

  /** Nothing is lost any more. */
  undrop(): void {
    this.#queue?.take([]);
    this.#queue?.read();
    this.#loses = undefined;
  }

  #arrives(id: number, packet: Buffer): void {
    if (this.#loses?.(flagsOf(packet)) !== true) {
      this.#queue?.pass(id);
      return;
    }
    this.#queue?.drop(id);
    this.#left -= 1;
    if (this.#left === 0) this.#queue?.take([]);
    const frame = Buffer.concat([this.#link.header, packet]).toString('base64');
    const t = monotonic().toString();
    this.#notify({ notice: 'wire', t, phase: 'lost', id: ++this.#lost, frame });
  }
}

/** The octet of flags of a segment in an IPv4 packet (RFC 791 3.1, RFC 9293 3.1). */
const flagsOf = (packet: Buffer): number => packet[((packet[0] ?? 0) & 0xf) * 4 + 13] ?? 0;
