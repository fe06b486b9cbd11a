import type { Ladder, Row } from '../ladder/types.ts';

/** All connections are drawn while they have no more segments than this. */
const FEW = 60;

/**
 * The connections that are drawn: all, or, where there are too many segments, the first of those
 * that went the same way, and the main one.
 */
export function drawnConnections({ connections, rows, main }: Ladder): number[] {
  const all = connections.map((_, i) => i);
  const segments = rows.filter(({ kind }) => kind === 'segment').length;
  if (segments <= FEW) return all;
  const ways = waysOf(rows);
  const first = new Map<string, number>();
  for (const one of all) {
    const way = ways.get(one) ?? '';
    if (!first.has(way)) first.set(way, one);
  }
  const chosen = new Set(first.values());
  return all.filter((one) => chosen.has(one) || one === main);
}

/** Each connection's course, without its numbers and times. */
function waysOf(rows: readonly Row[]): ReadonlyMap<number, string> {
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
