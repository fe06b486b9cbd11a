import type { Ladder } from '../../ladder/types.ts';
import { waysOf } from '../../ladder/main.ts';

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
