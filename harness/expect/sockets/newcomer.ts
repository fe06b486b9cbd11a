import { HOSTS, type HostName } from '../../evidence/events.ts';
import { connectionKey, connectionOf, type Connection } from '../../history/connection.ts';
import type { SocketRow } from '../../tcp/tables/ss.ts';
import type { State } from '../../tcp/states/state.ts';
import { differing, failed, met, pending, PATIENCE, type Expectation } from '../expectation.ts';
import { Looks, notSighted } from './sighting.ts';

const keysOf = (known: readonly Connection[]): ReadonlySet<string> =>
  new Set(known.map(connectionKey));

/** A socket of `host` in `state` that belongs to none of the `known` connections. */
export function newSocket(
  host: HostName,
  state: State,
  known: readonly Connection[],
  { within = PATIENCE, port }: { within?: number; port?: number } = {},
): Expectation<Connection, 'new-socket'> {
  const old = keysOf(known);
  const isNew = (row: SocketRow): boolean =>
    row.peer.port !== 0 &&
    (port === undefined || row.local.port === port || row.peer.port === port) &&
    !old.has(connectionKey(connectionOf(row, host)));
  return {
    kind: 'new-socket',
    params: { host, state, ...(port === undefined ? {} : { port }) },
    within,
    watches: [host],
    heeds: ['sample'],
    stated: (statement) => {
      const looks = new Looks(statement, host);
      return (over) => {
        for (const sample of looks.fresh()) {
          const row = sample.rows.find((one) => one.state === state && isNew(one));
          if (row === undefined) continue;
          const connection = connectionOf(row, host);
          return met(connection, { connection }, [sample.event]);
        }
        if (!over) return pending;
        return notSighted(looks.all, isNew, (row) => differing('state', state, row.state));
      };
    },
  };
}

/** A connection that both ends show ESTABLISHED and that is none of the `known`. */
export function established(
  known: readonly Connection[],
): Expectation<Connection, 'new-connection'> {
  const old = keysOf(known);
  return {
    kind: 'new-connection',
    params: {},
    within: PATIENCE,
    watches: HOSTS,
    heeds: ['sample'],
    stated: (statement) => {
      const ends = HOSTS.map((host) => new Newcomers(new Looks(statement, host), host, old));
      return (over) => {
        const [server, client] = ends.map((one) => one.found());
        for (const [key, { connection, event }] of client ?? []) {
          const there = server?.get(key);
          if (there !== undefined) return met(connection, { connection }, [event, there.event]);
        }
        if (!over) return pending;
        return failed(
          {},
          ends.flatMap(({ looks }) => looks.all.slice(-1).map(({ event }) => event)),
        );
      };
    },
  };
}

/** The new connections ESTABLISHED at a host, each with its first sample. */
class Newcomers {
  readonly looks: Looks;
  readonly #host: HostName;
  readonly #old: ReadonlySet<string>;
  readonly #found = new Map<string, { connection: Connection; event: number }>();

  constructor(looks: Looks, host: HostName, old: ReadonlySet<string>) {
    this.looks = looks;
    this.#host = host;
    this.#old = old;
  }

  found(): ReadonlyMap<string, { connection: Connection; event: number }> {
    for (const { rows, event } of this.looks.fresh()) {
      for (const row of rows) {
        if (row.state !== 'ESTABLISHED') continue;
        const connection = connectionOf(row, this.#host);
        const key = connectionKey(connection);
        if (!this.#old.has(key) && !this.#found.has(key))
          this.#found.set(key, { connection, event });
      }
    }
    return this.#found;
  }
}
