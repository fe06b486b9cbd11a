import type { HostName } from '../../evidence/events.ts';
import type { State } from '../../tcp/state.ts';
import type { StateRow } from '../ladder/types.ts';
import type { Lane } from './layout.ts';

type Ends = Partial<Record<HostName, State>>;

/** What every end is in at the moment that is drawn. */
export class Scene {
  /** The connection that is drawn. */
  connection: number | undefined;
  readonly #ends = new Map<number, Ends>();
  readonly #listening: Ends = {};

  enter({ host, state, connection, listener }: StateRow): void {
    if (listener !== undefined) {
      if (state === 'LISTEN') this.#listening[host] = state;
      else delete this.#listening[host];
    } else if (connection !== undefined) {
      this.#ends.set(connection, { ...this.#ends.get(connection), [host]: state });
    }
  }

  /** What an end is in already. */
  still(host: HostName): Lane | undefined {
    const state = this.#endsNow()[host] ?? this.#listening[host];
    return state === undefined ? undefined : { state, still: true };
  }

  both(): Partial<Record<HostName, Lane>> {
    const [server, client] = [this.still('server'), this.still('client')];
    return { ...(server && { server }), ...(client && { client }) };
  }

  #endsNow(): Ends {
    return this.connection === undefined ? {} : (this.#ends.get(this.connection) ?? {});
  }
}
