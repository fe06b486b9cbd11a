import type { Row } from './types.ts';

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
