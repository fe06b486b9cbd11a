import type { EventOf, HostName } from '../evidence/events.ts';
import type { Endpoint, Segment } from '../tcp/segment.ts';
import { endKey, type Flow } from './connection.ts';
import { Repetitions, type Repetition } from './repetition.ts';

/** A TCP segment in one host's capture. */
export interface Packet {
  /** The number of its event. */
  event: number;
  /** Nanoseconds since the run began. */
  t: number;
  /** Whose capture it is. */
  host: HostName;
  direction: 'in' | 'out';
  /** Who sent it. */
  from: HostName;
  /** It never left its host. */
  inside?: true;
  segment: Segment;
  /** What it is when it brings nothing new; absent otherwise. */
  repetition?: Repetition;
}

/** All by which two segments of a sender are told apart where more than this cannot be compared. */
export const likenessOf = ({ src, dst, flags, seq, ack, length, ip }: Segment): string =>
  [src.address, src.port, dst.port, flags, seq, ack, length, ip.id].join(' ');

/** The TCP segments of one host's capture, in its order, found by their ports or by an end. */
export class Capture {
  readonly packets: Packet[] = [];
  readonly #host: HostName;
  /** The server's address, once it is known. */
  readonly #server: () => string | undefined;
  readonly #repetitions = new Repetitions();
  readonly #byServerPort = new Map<number, Packet[]>();
  readonly #byPorts = new Map<string, Packet[]>();
  readonly #byEnd = new Map<string, Packet[]>();

  constructor(host: HostName, server: () => string | undefined) {
    this.#host = host;
    this.#server = server;
  }

  /** The packet that it was; undefined for a frame that is no segment. */
  append(event: EventOf<'packet'>): Packet | undefined {
    const { segment, direction, t, seq } = event;
    if (segment === undefined) return undefined;
    const { src, dst } = segment;
    const host = this.#host;
    const inside = src.address === dst.address;
    const server = this.#server();
    const from = inside ? host : src.address === server ? 'server' : 'client';
    const repetition = this.#repetitions.next(segment);
    const packet: Packet = {
      ...{ event: seq, t, host, direction, from, segment },
      ...(inside && { inside }),
      ...(repetition && { repetition }),
    };
    this.packets.push(packet);
    const [local, peer] = direction === 'out' ? [src, dst] : [dst, src];
    putUnder(this.#byEnd, endKey(local, peer), packet);
    // A connection to itself has both its ends here.
    const flows = [
      ...(src.address === server ? [[src.port, dst.port] as const] : []),
      ...(dst.address === server && !(inside && src.port === dst.port)
        ? [[dst.port, src.port] as const]
        : []),
    ];
    for (const [serverPort, clientPort] of flows) {
      putUnder(this.#byServerPort, serverPort, packet);
      putUnder(this.#byPorts, `${serverPort} ${clientPort}`, packet);
    }
    return packet;
  }

  /** Those of a connection, or all to and from a port of the server. The list grows with the run. */
  of({ serverPort, clientPort }: Flow): readonly Packet[] {
    return (
      (clientPort === undefined
        ? this.#byServerPort.get(serverPort)
        : this.#byPorts.get(`${serverPort} ${clientPort}`)) ?? []
    );
  }

  /** What this host's `local` end has sent to `peer`, and received from it. */
  ofEnd(local: Endpoint, peer: Endpoint): readonly Packet[] {
    return this.#byEnd.get(endKey(local, peer)) ?? [];
  }
}

/** Puts one behind those that are there under this key. */
export function putUnder<K, T>(index: Map<K, T[]>, key: K, one: T): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [one]);
  else list.push(one);
}
