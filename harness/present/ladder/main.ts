import type { HostName } from '../../evidence/events.ts';
import type { Endpoint } from '../../tcp/segment.ts';
import type { MetOf } from '../../evidence/expectations.ts';
import type { Stated } from '../../history/lab.ts';
import type { State } from '../../tcp/states/state.ts';
import type { LadderConnection, Ladder, Others, Row } from './types.ts';

/**
 * The connection that a lab is about: the one whose ends most expectations name; where that leaves
 * more than one, the one of which there is most to tell. Of very many, the first that went the way
 * that most of them went.
 */
export function mainConnection(
  connections: readonly LadderConnection[],
  rows: readonly Row[],
): number | undefined {
  if (connections.length === 0) return undefined;
  if (connections.length > MANY) return mostOften(rows);
  const told = connections.map(() => 0);
  for (const { connection } of rows) {
    if (connection !== undefined) told[connection] = (told[connection] ?? 0) + 1;
  }
  const named = namings(connections, rows);
  const order = connections.map((_, i) => i);
  return order.sort(
    (a, b) => (named[b] ?? 0) - (named[a] ?? 0) || (told[b] ?? 0) - (told[a] ?? 0) || a - b,
  )[0];
}

const MANY = 100;

function mostOften(rows: readonly Row[]): number | undefined {
  const ways = new Map<string, number[]>();
  for (const [connection, way] of waysOf(rows)) {
    const same = ways.get(way);
    if (same === undefined) ways.set(way, [connection]);
    else same.push(connection);
  }
  const [most] = [...ways.values()].sort((a, b) => b.length - a.length);
  return most && Math.min(...most);
}

/** Each connection's course, without its numbers and times. */
export function waysOf(rows: readonly Row[]): ReadonlyMap<number, string> {
  const ways = new Map<number, string[]>();
  for (const row of rows) {
    if (row.connection === undefined) continue;
    const way = ways.get(row.connection) ?? [];
    if (row.kind === 'state') way.push(`${row.host} ${row.state}`);
    if (row.kind === 'segment') {
      way.push(`${row.from} ${row.segment.flags} ${row.segment.length} ${row.fate} ${row.again}`);
    }
    ways.set(row.connection, way);
  }
  // Two hosts' doings come in another order each time.
  return new Map([...ways].map(([index, way]) => [index, way.sort().join('; ')]));
}

/** How many expectations are about each, by an end that is its own. */
function namings(connections: readonly LadderConnection[], rows: readonly Row[]): number[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    if (row.kind !== 'expectation') continue;
    const named = endsOf(row.stated).map(nameOf);
    for (const end of new Set(named)) counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  const ofHowMany = new Map<string, number>();
  for (const { server, client } of connections) {
    for (const end of [nameOf(server), nameOf(client)]) {
      ofHowMany.set(end, (ofHowMany.get(end) ?? 0) + 1);
    }
  }
  return connections.map(({ server, client }) => {
    const ends = [nameOf(client), nameOf(server)];
    const own = ends.filter((end) => connections.length === 1 || ofHowMany.get(end) === 1);
    return Math.max(0, ...own.map((end) => counts.get(end) ?? 0));
  });
}

/** The ends of connections that an expectation asked for, or that were found. */
function endsOf({ expect, verdict }: Stated): Endpoint[] {
  switch (expect.kind) {
    case 'end-in-state':
    case 'end-stays':
    case 'end-gone':
      return [expect.params.connection[expect.params.host]];
    case 'new-connection':
    case 'new-socket': {
      const { connection } = (verdict?.seen ?? {}) as Partial<MetOf<'new-connection'>>;
      return connection === undefined ? [] : [connection.server, connection.client];
    }
    case 'edge-shown':
    case 'edge-missing': {
      const { change } = (verdict?.seen ?? {}) as Partial<MetOf<'edge-shown'>>;
      return change === undefined ? [] : [change.local, change.peer];
    }
    default:
      return [];
  }
}

const nameOf = ({ address, port }: Endpoint): string => `${address}:${port}`;

/** The rows of these connections, and those that belong to none: the main one's by default. */
export function rowsOf(
  { rows, main }: Ladder,
  connections: readonly number[] = main === undefined ? [] : [main],
): Row[] {
  const wanted = new Set(connections);
  return rows.filter(({ connection }) => connection === undefined || wanted.has(connection));
}

/** What is left out beside `rowsOf()` of the same connections. */
export function othersOf(
  { rows, connections, main }: Ladder,
  shown: readonly number[] = main === undefined ? [] : [main],
): Others {
  const left = new Map<number, { server?: State; client?: State }>();
  connections.forEach((_, i) => {
    if (!shown.includes(i)) left.set(i, {});
  });
  let segments = 0;
  for (const row of rows) {
    const ends = row.connection === undefined ? undefined : left.get(row.connection);
    if (ends === undefined) continue;
    if (row.kind === 'segment') segments++;
    if (row.kind === 'state') ends[row.host] = row.state;
  }
  return { count: left.size, segments, ends: counted([...left.values()]) };
}

type LastStates = Partial<Record<HostName, State>>;

function counted(all: readonly LastStates[]): Others['ends'] {
  const kinds = new Map<string, LastStates & { count: number }>();
  for (const states of all) {
    const key = `${states.server ?? ''} ${states.client ?? ''}`;
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { ...states, count: 1 });
    else kind.count++;
  }
  return [...kinds.values()].sort((a, b) => b.count - a.count);
}
