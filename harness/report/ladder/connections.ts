import { HOSTS, type HostName } from '../../evidence/events.ts';
import type { Endpoint } from '../../tcp/segment.ts';
import { timeOf, type Carried } from '../carried.ts';
import type { Legend, Names } from '../sequence-names.ts';
import type { Connection } from './types.ts';

/** A SYN leaves its host a little after the state it belongs to has begun, ns. */
const SLACK = 5e6;

interface Known {
  connection: Connection;
  /** When it was first heard of. */
  first: number;
}

/** The connections of a run: those that the captures show, and those that only a socket was. */
export class Connections {
  readonly #known: Known[] = [];
  readonly #names: Names;
  readonly #ofLegend = new Map<Legend, number>();
  /** By both ends: numbers of connections, in order. */
  readonly #byEnds = new Map<string, number[]>();

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
    const ends =
      host === 'server' ? { server: local, client: peer } : { server: peer, client: local };
    const known = this.#byEnds.get(keyOf(ends)) ?? this.#byEnds.get(keyOf(swapped(ends))) ?? [];
    const next = known.find((number) => this.#firstOf(number) >= t - SLACK);
    const current = known.findLast((number) => this.#firstOf(number) <= t) ?? known[0];
    const number = (opens ? next : current) ?? this.#add({ ...ends, isn: {} }, t);
    const entry = this.#known[number];
    if (entry !== undefined) entry.first = Math.min(entry.first, t);
    return number;
  }

  /** All in order of first appearance, and the place there of each number given out so far. */
  inOrder(): { all: Connection[]; placeOf: (number: number) => number } {
    const order = this.#known.map((_, number) => number);
    order.sort((a, b) => this.#firstOf(a) - this.#firstOf(b) || a - b);
    const places = new Map(order.map((number, place) => [number, place]));
    return {
      all: order.flatMap((number) => this.#known[number]?.connection ?? []),
      placeOf: (number) => places.get(number) ?? number,
    };
  }

  #firstOf(number: number): number {
    return this.#known[number]?.first ?? 0;
  }

  #add(connection: Connection, first: number): number {
    const number = this.#known.push({ connection, first }) - 1;
    const key = keyOf(connection);
    const known = this.#byEnds.get(key);
    if (known === undefined) this.#byEnds.set(key, [number]);
    else known.push(number);
    return number;
  }
}

const swapped = ({ server, client }: Ends): Ends => ({ server: client, client: server });

type Ends = Record<HostName, Endpoint>;

const keyOf = ({ server, client }: Ends): string =>
  `${server.address} ${server.port} ${client.address} ${client.port}`;
