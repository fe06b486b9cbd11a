import type { EventOf, HostName } from '../evidence/events.ts';
import type { Endpoint } from '../tcp/segment.ts';

export type Transition = EventOf<'transition'>;

/** What the kernel's tracepoint has reported; nothing where it is not read. */
export class Transitions {
  readonly all: Transition[] = [];
  readonly #byLocal = new Map<string, Transition[]>();

  append(event: Transition): void {
    this.all.push(event);
    const key = keyOf(event.host, event.local);
    const own = this.#byLocal.get(key);
    if (own === undefined) this.#byLocal.set(key, [event]);
    else own.push(event);
  }

  /** Those of a host's sockets on this address and port; port 0: of sockets that have none yet. */
  at(host: HostName, local: Endpoint): readonly Transition[] {
    return this.#byLocal.get(keyOf(host, local)) ?? [];
  }
}

const keyOf = (host: HostName, { address, port }: Endpoint): string => `${host} ${address} ${port}`;
