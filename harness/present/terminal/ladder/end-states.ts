import type { HostName } from '../../../evidence/events.ts';
import { sameEndpoint } from '../../../tcp/endpoint.ts';
import type { State } from '../../../tcp/states/state.ts';
import type { LadderConnection, StateRow } from '../../ladder/types.ts';
import type { Lane } from './layout.ts';

type Ends = Partial<Record<HostName, State>>;

/** What every end is in at the moment that is drawn. */
export class EndStates {
  /** The connection that is drawn. */
  connection: number | undefined;
  connections: readonly LadderConnection[] = [];
  readonly #ends = new Map<number, Ends>();
  readonly #listening: Record<HostName, number[]> = { server: [], client: [] };

  enter({ host, state, connection, listener, local }: StateRow): void {
    if (listener) {
      const others = this.#listening[host].filter((port) => port !== local.port);
      this.#listening[host] = state === 'LISTEN' ? [...others, local.port] : others;
    } else if (connection !== undefined) {
      this.#ends.set(connection, { ...this.#ends.get(connection), [host]: state });
    }
  }

  /** What an end is in already. Before it is there, its listener is. */
  still(host: HostName, index = this.connection): Lane | undefined {
    if (index === undefined) return this.#listening[host].length > 0 ? LISTENING : undefined;
    const state = this.#ends.get(index)?.[host] ?? this.#before(index, host);
    if (state !== undefined) return { state, still: true };
    const port = this.connections[index]?.[host].port ?? 0;
    return this.#listening[host].includes(port) ? LISTENING : undefined;
  }

  /** What the connection before it on the same addresses and ports has left: a TIME-WAIT. */
  #before(index: number, host: HostName): State | undefined {
    const ends = this.connections[index];
    const earlier = this.connections.findLastIndex(
      (other, i) => i < index && ends !== undefined && haveSameEnds(other, ends),
    );
    const state = this.#ends.get(earlier)?.[host];
    return state === 'CLOSED' ? undefined : state;
  }

  /** What is on a host's port: who listens there, or an end of a connection that is not over. */
  stillOn(host: HostName, port: number): Lane | undefined {
    if (this.#listening[host].includes(port)) return LISTENING;
    const index = this.connections.findLastIndex((ends, i) => {
      const state = this.#ends.get(i)?.[host];
      return ends[host].port === port && state !== undefined && state !== 'CLOSED';
    });
    return index === -1 ? undefined : this.still(host, index);
  }

  both(): Partial<Record<HostName, Lane>> {
    const [server, client] = [this.still('server'), this.still('client')];
    return { ...(server && { server }), ...(client && { client }) };
  }
}

const haveSameEnds = (a: LadderConnection, b: LadderConnection): boolean =>
  sameEndpoint(a.server, b.server) && sameEndpoint(a.client, b.client);

const LISTENING: Lane = { state: 'LISTEN', still: true };
