import { other } from '../../../history/connection.ts';
import { Connections, portsOf, type OfConnection } from '../../../history/connections.ts';
import type { History } from '../../../history/history.ts';
import { segmentsOf } from '../../../history/segments.ts';
import type { Coming } from '../../../quiz/expected.ts';
import { flagNames } from '../../../tcp/frame/flags.ts';

/**
 * Segments that wait: `server > client  FIN+ACK  seq=y+1  ack=x+1`,
 * with their ports where the run has several connections.
 */
export function segmentLines(history: History, waiting: readonly Coming[]): string[] {
  const coming = waiting.map(({ host, segment }): OfConnection => ({ segment, from: host }));
  const all = [...known(history), ...coming];
  const connections = new Connections();
  for (const one of all) connections.add(one);
  const single = new Set(all.map(portsOf)).size === 1;
  return coming.map((one) => {
    const { segment } = one;
    const { seq, ack } = connections.names(one);
    const parts = [direction(one, single), flagNames(segment.flags), `seq=${seq}`];
    if (ack !== undefined) parts.push(`ack=${ack}`);
    if (segment.length > 0) parts.push(`len=${segment.length}`);
    return parts.join('  ');
  });
}

/** Every segment so far, whether it has been carried or waits or has waited, in order. */
function known(history: History): OfConnection[] {
  const waited = history.waiting.all.map(({ packet }) => packet);
  return [...waited, ...segmentsOf(history)].sort((a, b) => a.t - b.t);
}

function direction({ from, segment: { src, dst } }: OfConnection, single: boolean): string {
  const to = other(from);
  return single ? `${from} > ${to}` : `${from}:${src.port} > ${to}:${dst.port}`;
}
