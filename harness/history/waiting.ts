import type { EventOf, HostName } from '../evidence/events.ts';
import type { Segment } from '../tcp/segment.ts';
import { endKey } from './connection.ts';
import { putUnder, type Packet } from './capture.ts';

/** A segment that its host's kernel had sent and that waited: the wire was held. */
export interface Waited {
  host: HostName;
  /** Its number among those of its host that waited. */
  id: number;
  /** As sent, when it was: a packet that no capture has yet. */
  packet: Packet;
  /** When it was let go, ns since the run began; absent where it never was. */
  went?: number;
  /** When copies of it went. */
  copies: number[];
}

/** A segment that reached its host and that TCP never saw: the lab has such lost on arrival. */
export interface Loss {
  segment: Segment;
  /** When it was taken away, ns since the run began. */
  t: number;
  /** When the lab began to have such lost. */
  since: number;
}

/** What waited on the wire, for the lab or for somebody who walks, in the order in which it came. */
export class Waiting {
  readonly all: Waited[] = [];
  readonly losses: Record<HostName, Loss[]> = { server: [], client: [] };
  /** Those that wait yet. */
  readonly #open = new Map<string, Waited>();
  readonly #byEnd = new Map<string, Packet[]>();

  /** @param since when the lab last began to have segments lost at this host */
  append(event: EventOf<'wire'>, since = -Infinity): void {
    const { phase, host, id, t, segment } = event;
    const key = `${host} ${id}`;
    const one = this.#open.get(key);
    switch (phase) {
      case 'waits':
        this.#comes(event, key);
        return;
      case 'passes':
        this.#sent(event);
        return;
      case 'copied':
        one?.copies.push(t);
        return;
      case 'goes':
        if (one !== undefined) one.went = t;
        this.#open.delete(key);
        return;
      case 'dropped':
      case 'left-out':
        this.#open.delete(key);
        return;
      case 'lost':
        if (segment !== undefined) this.losses[host].push({ segment, t, since });
        return;
    }
  }

  /** What waits yet, of one host. */
  at(host: HostName): Waited[] {
    return [...this.#open.values()].filter((one) => one.host === host);
  }

  /** What a host's end has sent into the queue, whether it waited there or passed: not when it left. */
  ofEnd(host: HostName, local: Packet['segment']['src'], peer: Packet['segment']['dst']): Packet[] {
    return this.#byEnd.get(`${host} ${endKey(local, peer)}`) ?? [];
  }

  #comes(event: EventOf<'wire'>, key: string): void {
    const packet = this.#sent(event);
    if (packet === undefined) return;
    const waited = { host: event.host, id: event.id, packet, copies: [] };
    this.all.push(waited);
    this.#open.set(key, waited);
  }

  #sent({ host, segment, seq, t }: EventOf<'wire'>): Packet | undefined {
    if (segment === undefined) return undefined;
    const packet: Packet = { event: seq, t, host, direction: 'out', from: host, segment };
    putUnder(this.#byEnd, `${host} ${endKey(segment.src, segment.dst)}`, packet);
    return packet;
  }
}
