import type { EventOf, HostName } from '../evidence/events.ts';
import { HOSTS } from '../evidence/events.ts';
import type { SocketRow } from '../tcp/ss.ts';
import type { State } from '../tcp/state.ts';
import { connectionKey, connectionOf, type Connection } from '../history/connection.ts';
import { failed, met, pending, PATIENCE, type Expectation, type View } from './expectation.ts';
import { endpoint, socketInFull } from './format.ts';
import { rowsOf, samplesSince, sight, sightings } from './sighting.ts';

const keysOf = (known: readonly Connection[]): ReadonlySet<string> =>
  new Set(known.map(connectionKey));

const inWords = ({ client, server }: Connection): string =>
  `${endpoint(client)} to ${endpoint(server)}`;

/** A socket of `host` in `state` that belongs to none of the `known` connections. */
export function newSocket(
  host: HostName,
  state: State,
  known: readonly Connection[],
  { within = PATIENCE, port }: { within?: number; port?: number } = {},
): Expectation<Connection> {
  const old = keysOf(known);
  const isNew = (row: SocketRow): boolean =>
    row.peer.port !== 0 &&
    (port === undefined || row.local.port === port || row.peer.port === port) &&
    !old.has(connectionKey(connectionOf(row, host)));
  const differences = (row: SocketRow): string[] =>
    row.state === state ? [] : [`state ${row.state}, not ${state}`];
  return {
    text: `a new connection of the ${host} in ${state}`,
    within,
    watches: [host],
    heeds: ['sample'],
    evaluate: (view) => {
      const seen = sight(view, host, (row) => isNew(row) && row.state === state);
      if (seen !== undefined) {
        const connection = connectionOf(seen.sighting.row, host);
        return met(connection, inWords(connection), [seen.sample.seq]);
      }
      if (!view.over) return pending;
      return sightings(samplesSince(view, host), isNew, 'no new connection', differences);
    },
  };
}

/** A connection that both ends show ESTABLISHED and that is none of the `known`. */
export function established(known: readonly Connection[]): Expectation<Connection> {
  const old = keysOf(known);
  return {
    text: 'a new connection ESTABLISHED at both ends',
    within: PATIENCE,
    watches: HOSTS,
    heeds: ['sample'],
    evaluate: (view) => {
      const there = newAt(view, 'server', old);
      for (const [key, { connection, seq }] of newAt(view, 'client', old)) {
        const same = there.get(key);
        if (same !== undefined) return met(connection, inWords(connection), [seq, same.seq]);
      }
      return view.over ? lastLook(view) : pending;
    },
  };
}

interface Newcomer {
  connection: Connection;
  /** Its sample. */
  seq: number;
}

function newAt(view: View, host: HostName, old: ReadonlySet<string>): Map<string, Newcomer> {
  const found = new Map<string, Newcomer>();
  for (const sample of samplesSince(view, host)) {
    for (const row of rowsOf(sample)) {
      const connection = connectionOf(row, host);
      const key = connectionKey(connection);
      if (row.state !== 'ESTABLISHED' || old.has(key) || found.has(key)) continue;
      found.set(key, { connection, seq: sample.seq });
    }
  }
  return found;
}

function lastLook(view: View): ReturnType<typeof failed> {
  const looks = HOSTS.map((host) => ({ host, sample: samplesSince(view, host).at(-1) }));
  const lines = looks.flatMap(({ host, sample }) => {
    const rows = sample === undefined ? [] : rowsOf(sample);
    return rows.length === 0
      ? [`${host}: no socket`]
      : rows.map((row) => `${host}: ${socketInFull(row)}`);
  });
  const samples = looks.flatMap(({ sample }): EventOf<'sample'>[] => (sample ? [sample] : []));
  return failed(
    'none',
    samples.map(({ seq }) => seq),
    lines,
  );
}
