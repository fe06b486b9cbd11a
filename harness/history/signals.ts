import type { HostName } from '../evidence/events.ts';
import type { Endpoint } from '../tcp/segment.ts';
import { add, after } from '../tcp/sequence.ts';
import type { Packet } from './capture.ts';
import { endKey } from './connection.ts';
import type { History } from './history.ts';
import { injectedPackets } from './injected.ts';
import { lostPackets } from './losses.ts';

/** A segment that an end's own kernel sent, or that reached it. */
export interface Signal {
  t: number;
  packet: Packet;
  /**
   * What it is to that end by the events of the state diagram (RFC 9293 Figure 5: `rcv FIN`,
   * `rcv ACK of FIN`, `snd RST`, ...), the most telling first; none for what tells nothing.
   */
  names: readonly string[];
}

/** Every segment of an end, by its own host's capture, in order of time. */
export const signalsOf = (
  history: History,
  host: HostName,
  local: Endpoint,
  peer: Endpoint,
): readonly Signal[] => history.derive(reading).of(host, local, peer);

const reading = (history: History): Signals => new Signals(history);

class Signals {
  readonly #history: History;
  /** What the lab sends in a kernel's name is none of its doing, and what it takes away reaches none. */
  readonly #injected: ReadonlySet<number>;
  readonly #lost: ReadonlySet<number>;
  readonly #known = new Map<string, readonly Signal[]>();

  constructor(history: History) {
    this.#history = history;
    this.#injected = injectedPackets(history);
    this.#lost = lostPackets(history);
  }

  of(host: HostName, local: Endpoint, peer: Endpoint): readonly Signal[] {
    const key = `${host} ${endKey(local, peer)}`;
    const known = this.#known.get(key) ?? named(this.#packets(host, local, peer));
    this.#known.set(key, known);
    return known;
  }

  #packets(host: HostName, local: Endpoint, peer: Endpoint): Packet[] {
    const { captures, waiting } = this.#history;
    const own = captures[host]
      .ofEnd(local, peer)
      .filter(({ event }) => !this.#injected.has(event) && !this.#lost.has(event));
    // What came to a queue its kernel has sent: the capture shows it when it was let go, or has passed.
    return [...own, ...waiting.ofEnd(host, local, peer)].sort((a, b) => a.t - b.t);
  }
}

/** In one pass, with what the end has sent so far. */
function named(packets: readonly Packet[]): Signal[] {
  const sent = new Sent();
  return packets.map((packet) => {
    if (packet.direction === 'out') sent.note(packet);
    return { t: packet.t, packet, names: namesOf(packet, sent) };
  });
}

function namesOf({ direction, segment: { flags, ack } }: Packet, sent: Sent): string[] {
  const has = (flag: string): boolean => flags.includes(flag);
  if (direction === 'out') return has('R') ? ['snd RST'] : [];
  if (has('R')) return ['rcv RST'];
  const acks = ack !== undefined;
  const acksFin = acks && sent.isBeyond(ack);
  return [
    ...(has('F') && acksFin ? ['rcv FIN, ACK of FIN'] : []),
    ...(has('F') ? ['rcv FIN'] : []),
    ...(acksFin ? ['rcv ACK of FIN'] : []),
    ...(has('S') ? [acks ? 'rcv SYN,ACK' : 'rcv SYN'] : []),
    ...(acks ? ['rcv ACK of SYN'] : []),
  ];
}

/** How far an end has come in sending: SYN and octets, without the FIN. */
class Sent {
  #syn: number | undefined;
  #all: number | undefined;
  /** Our ACKs after our FIN stand behind it. */
  #untilFin: number | undefined;

  note({ segment: { seq, length, flags } }: Packet): void {
    if (flags.includes('R')) return;
    const isSyn = flags.includes('S');
    if (isSyn && seq !== this.#syn) this.#begin(seq);
    const end = add(seq, length + (isSyn ? 1 : 0));
    this.#all = later(this.#all, end);
    if (flags.includes('F')) this.#untilFin = later(this.#untilFin, end);
  }

  /** Does `ack` acknowledge more? */
  isBeyond(ack: number): boolean {
    const top = this.#untilFin ?? this.#all;
    return top === undefined || after(ack, top);
  }

  /** Another SYN number begins another connection with the same ports. */
  #begin(syn: number): void {
    this.#syn = syn;
    this.#all = undefined;
    this.#untilFin = undefined;
  }
}

const later = (known: number | undefined, end: number): number =>
  known === undefined || after(end, known) ? end : known;
