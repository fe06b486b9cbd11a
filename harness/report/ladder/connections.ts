import { CAPTURE_ERROR } from '../../evidence/clock.ts';
import { HOSTS, type HostName } from '../../evidence/events.ts';
import { other } from '../../history/connection.ts';
import type { Endpoint } from '../../tcp/segment.ts';
import { timeOf, type Carried } from '../carried.ts';
import type { Legend, Names } from '../sequence-names.ts';
import type { Connection } from './types.ts';

interface Known {
  connection: Connection;
  /** When each end's TCP first had to do with it; Infinity for one that never had. */
  first: Record<HostName, number>;
  /** When each end's own first SYN went out. */
  syn: Partial<Record<HostName, number>>;
}

/** The connections of a run: those that the captures show, and those that only a socket was. */
export class Connections {
  readonly #known: Known[] = [];
  readonly #names: Names;
  readonly #ofLegend = new Map<Legend, number>();
  /** By both ends: numbers of connections, in order. */
  readonly #byEnds = new Map<string, number[]>();

  /** `forged`: the events of segments that no TCP sent. */
  constructor(carried: readonly Carried[], names: Names, forged: ReadonlySet<number>) {
    this.#names = names;
    for (const one of carried) {
      const legend = names.of(one);
      const known = this.#ofLegend.get(legend) ?? this.#begin(one, legend);
      this.#ofLegend.set(legend, known);
      const entry = this.#known[known];
      if (entry !== undefined) note(one, entry, forged.has(one.events.sent ?? -1));
    }
  }

  #begin(one: Carried, legend: Legend): number {
    const { src, dst } = one.segment;
    const [server, client] = one.from === 'server' ? [src, dst] : [dst, src];
    const isn = Object.fromEntries(
      HOSTS.flatMap((host) => (legend[host] === undefined ? [] : [[host, legend[host]]])),
    );
    return this.#add({ server, client, isn });
  }

  of(carried: Carried): number {
    return this.#ofLegend.get(this.#names.of(carried)) ?? 0;
  }

  /**
   * The connection of which `local` was an end at `t`. `opens`: it begins then, by a SYN that leaves
   * its host afterwards and may be still to come.
   */
  at(host: HostName, local: Endpoint, peer: Endpoint, t: number, opens: boolean): number {
    const ends =
      host === 'server' ? { server: local, client: peer } : { server: peer, client: local };
    const known = this.#byEnds.get(keyOf(ends)) ?? this.#byEnds.get(keyOf(swapped(ends))) ?? [];
    const next = known.find(
      (number) => (this.#known[number]?.syn[host] ?? -Infinity) >= t - CAPTURE_ERROR,
    );
    const current =
      known.findLast((number) => (this.#known[number]?.first[host] ?? 0) <= t) ?? known[0];
    const number = (opens ? next : current) ?? this.#add({ ...ends, isn: {} });
    const entry = this.#known[number];
    if (entry !== undefined) entry.first[host] = Math.min(entry.first[host], t);
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
    const { server = 0, client = 0 } = this.#known[number]?.first ?? {};
    return Math.min(server, client);
  }

  #add(connection: Connection): number {
    const first = { server: Infinity, client: Infinity };
    const number = this.#known.push({ connection, first, syn: {} }) - 1;
    const key = keyOf(connection);
    const known = this.#byEnds.get(key);
    if (known === undefined) this.#byEnds.set(key, [number]);
    else known.push(number);
    return number;
  }
}

function note(one: Carried, { first, syn }: Known, isForged: boolean): void {
  const { from, inside, segment, sent = timeOf(one), arrived = timeOf(one), lost } = one;
  const to = inside ? from : other(from);
  if (!isForged) first[from] = Math.min(first[from], sent);
  if (!isForged && segment.flags === 'S') syn[from] ??= sent;
  if (!lost) first[to] = Math.min(first[to], arrived);
}

const swapped = ({ server, client }: Ends): Ends => ({ server: client, client: server });

type Ends = Record<HostName, Endpoint>;

const keyOf = ({ server, client }: Ends): string =>
  `${server.address} ${server.port} ${client.address} ${client.port}`;
