import type { EventOf, HostName } from '../evidence/events.ts';
import { endKey } from './connection.ts';
import type { Packet } from './capture.ts';

/** A segment that its host's kernel had sent and that waited, because somebody walked. */
export interface Waited {
  host: HostName;
  /** As sent, when it was: a packet that no capture has yet. */
  packet: Packet;
  /** When it was let go, ns since the run began. */
  went?: number;
}

/** What waited while somebody walked through a run, in the order in which it came. */
export class Waiting {
  readonly all: Waited[] = [];
  readonly #byId = new Map<string, Waited>();
  readonly #byEnd = new Map<string, Packet[]>();

  append({ phase, host, id, segment, seq, t }: EventOf<'walk'>): void {
    const key = `${host} ${id}`;
    if (phase === 'goes') {
      const waited = this.#byId.get(key);
      if (waited !== undefined) waited.went = t;
    }
    if (phase !== 'waits' || segment === undefined) return;
    const packet: Packet = { event: seq, t, host, direction: 'out', from: host, segment };
    const waited = { host, packet };
    this.all.push(waited);
    this.#byId.set(key, waited);
    const end = `${host} ${endKey(segment.src, segment.dst)}`;
    const own = this.#byEnd.get(end);
    if (own === undefined) this.#byEnd.set(end, [packet]);
    else own.push(packet);
  }

  /** What a host's end has sent that waited, copies too. */
  ofEnd(host: HostName, local: Packet['segment']['src'], peer: Packet['segment']['dst']): Packet[] {
    return this.#byEnd.get(`${host} ${endKey(local, peer)}`) ?? [];
  }
}
