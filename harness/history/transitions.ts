import type { EventOf, HostName } from '../evidence/events.ts';
import type { Endpoint } from '../tcp/segment.ts';
import { insert } from './in-time.ts';

export type Transition = EventOf<'transition'>;

/** What the kernel's tracepoint has reported, in order of time; nothing where it is not read. */
export class Transitions {
  readonly all: Transition[] = [];
  readonly #byLocal = new Map<string, Transition[]>();

  append(event: Transition): void {
    insert(this.all, event);
    const key = keyOf(event.host, event.local);
    const own = this.#byLocal.get(key);
    if (own === undefined) this.#byLocal.set(key, [event]);
    else insert(own, event);
  }

  /** Those of a host's sockets on this address and port; port 0: of sockets that have none yet. */
  at(host: HostName, local: Endpoint): readonly Transition[] {
    return this.#byLocal.get(keyOf(host, local)) ?? [];
  }
}

const keyOf = (host: HostName, { address, port }: Endpoint): string => `${host} ${address} ${port}`;
