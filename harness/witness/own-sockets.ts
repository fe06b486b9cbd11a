import type { HostName } from '../evidence/events.ts';
import { endpointText } from '../tcp/endpoint.ts';
import type { Transition } from '../tcp/states/transition.ts';

type Change = Pick<Transition, 'local' | 'peer' | 'from'>;

/**
 * Tells a run's sockets from those of a run before it that had the same addresses: a socket that a
 * program has left in FIN-WAIT-1 outlives its host by minutes and keeps its network namespace, but not
 * that of its peer, whose inode, by which addresses are chosen, is given to the next. The tracepoint
 * knows no namespaces; but what belongs to this run has been seen to begin.
 */
export class OwnSockets<T extends Change> {
  readonly #begun = new Set<string>();
  /** To whom sockets have begun to connect that had no port yet. */
  readonly #connecting = new Set<string>();
  /** What came before its socket was seen to begin: two CPUs may be heard of out of order. */
  readonly #early = new Map<string, T[]>();

  /** The changes that are certain to be ours by now, in order. */
  of(host: HostName, change: T): T[] {
    const { local, peer, from } = change;
    const key = `${host} ${endpointText(local)} ${endpointText(peer)}`;
    const connecting = `${host} ${local.address} ${endpointText(peer)}`;
    if (from === 'CLOSED' && local.port === 0) {
      this.#connecting.add(connecting);
      return [change];
    }
    const begins =
      from === 'CLOSED' ||
      from === 'LISTEN' ||
      (from === 'SYN-SENT' && this.#connecting.has(connecting));
    if (begins) this.#begun.add(key);
    const early = this.#early.get(key) ?? [];
    if (!this.#begun.has(key)) {
      this.#early.set(key, [...early, change]);
      return [];
    }
    this.#early.delete(key);
    return [change, ...early];
  }
}
