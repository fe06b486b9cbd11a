import { HOSTS, type HostName } from '../../evidence/events.ts';
import { sameEndpoint } from '../../expect/format.ts';
import { other } from '../../expect/connection.ts';
import type { Endpoint } from '../../tcp/segment.ts';
import { timeOf, type Carried } from '../carried.ts';
import type { Legend, Names } from '../sequence-names.ts';
import type { Connection } from './types.ts';

/** A SYN leaves its host a little after the state it belongs to has begun, ns. */
const SLACK = 5e6;

/** The connections of a run: those that the captures show, and those that only a socket was. */
export class Connections {
  readonly all: Connection[] = [];
  readonly #ofLegend = new Map<Legend, number>();
  /** By both ends: indexes, with the time of the first segment. */
  readonly #byEnds = new Map<string, { index: number; first: number }[]>();

  readonly #names: Names;

  constructor(carried: readonly Carried[], names: Names) {
    this.#names = names;
    for (const one of carried) {
      const legend = names.of(one);
      if (this.#ofLegend.has(legend)) continue;
      const { src, dst } = one.segment;
      const [server, client] = one.from === 'server' ? [src, dst] : [dst, src];
      const isn = Object.fromEntries(
        HOSTS.flatMap((host) => (legend[host] === undefined ? [] : [[host, legend[host]]])),
      );
      this.#ofLegend.set(legend, this.#add({ server, client, isn }, timeOf(one)));
    }
  }

  of(carried: Carried): number {
    return this.#ofLegend.get(this.#names.of(carried)) ?? 0;
  }

  /**
   * The connection of which `local` was an end at `t`. `opens`: it begins then, by a SYN that may
   * be still to come.
   */
  at(host: HostName, local: Endpoint, peer: Endpoint, t: number, opens: boolean): number {
    const ends = { [host]: local, [other(host)]: peer } as Record<HostName, Endpoint>;
    const known = this.#byEnds.get(keyOf(ends)) ?? this.#byEnds.get(keyOf(swapped(ends))) ?? [];
    const next = known.find(({ first }) => first >= t - SLACK);
    const current = known.findLast(({ first }) => first <= t) ?? known[0];
    return (opens ? next : current)?.index ?? this.#add({ ...ends, isn: {} }, t);
  }

  #add(connection: Connection, first: number): number {
    const index = this.all.push(connection) - 1;
    const key = keyOf(connection);
    const known = this.#byEnds.get(key);
    if (known === undefined) this.#byEnds.set(key, [{ index, first }]);
    else known.push({ index, first });
    return index;
  }
}

const swapped = ({ server, client }: Ends): Ends => ({ server: client, client: server });

type Ends = Record<HostName, Endpoint>;

const keyOf = ({ server, client }: Ends): string =>
  `${server.address} ${server.port} ${client.address} ${client.port}`;

/** Both ends on one socket: a connection to itself. */
export const isToItself = ({ server, client }: Connection): boolean => sameEndpoint(server, client);
