import type { EventOf, HostName } from '../evidence/events.ts';
import type { Segment } from '../tcp/segment.ts';

/** A segment that its host's kernel had sent, and that waited on the held wire. */
export interface Waiting {
  host: HostName;
  id: number;
  segment: Segment;
  /** It began to wait. */
  waits: EventOf<'wire'>;
  /** It went, was dropped or left out; absent while it waits. */
  ends?: EventOf<'wire'>;
  /** Copies of it went. */
  copies: EventOf<'wire'>[];
}

/** What the wire did: every segment that waited, and those that were lost on arrival. */
export class Wire {
  /** In the order in which they began to wait. */
  readonly all: Waiting[] = [];
  readonly lost: EventOf<'wire'>[] = [];
  readonly #waiting = new Map<string, Waiting>();

  append(event: EventOf<'wire'>): void {
    const { phase, host, id, segment } = event;
    const key = `${host} ${id}`;
    if (phase === 'lost') this.lost.push(event);
    else if (phase === 'waits') {
      if (segment === undefined) return;
      const one = { host, id, segment, waits: event, copies: [] };
      this.all.push(one);
      this.#waiting.set(key, one);
    } else {
      const one = this.#waiting.get(key);
      if (phase === 'copied') one?.copies.push(event);
      else if (one !== undefined) {
        one.ends = event;
        this.#waiting.delete(key);
      }
    }
  }

  /** What still waits, of one host, in the order in which it was sent. */
  waitingAt(host: HostName): Waiting[] {
    return [...this.#waiting.values()].filter((one) => one.host === host);
  }
}
