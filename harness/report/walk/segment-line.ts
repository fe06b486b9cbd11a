import type { HostName, LabEvent } from '../../evidence/events.ts';
import type { Segment } from '../../tcp/segment.ts';
import { carriedSegments, timeOf, type Carried } from '../carried.ts';
import { nameSequences } from '../sequence-names.ts';
import { flowKey } from '../sides.ts';

/** A segment that has not been carried yet, and who sends it. */
export interface Coming {
  host: HostName;
  segment: Segment;
}

/**
 * Segments that wait, as those are written that were carried: `server > client  F.  seq=y+1  ack=x+1`,
 * with their ports where the run has several connections.
 */
export function segmentLines(events: readonly LabEvent[], waiting: readonly Coming[]): string[] {
  const coming = waiting.map(asCarried);
  const all = [...known(events), ...coming];
  const names = nameSequences(all);
  const single = new Set(all.map(flowKey)).size === 1;
  return coming.map((carried) => {
    const { segment } = carried;
    const ack = names.ack(carried);
    const seq = `seq=${names.seq(carried)}`;
    const parts = [direction(carried, single), segment.flags.padEnd(2), seq];
    if (ack !== undefined) parts.push(`ack=${ack}`);
    if (segment.length > 0) parts.push(`len=${segment.length}`);
    return parts.join('  ');
  });
}

/** Every segment so far, whether it has been carried or waits or has waited, in order. */
function known(events: readonly LabEvent[]): Carried[] {
  const waited = events.flatMap((event) =>
    event.type === 'wire' && event.phase === 'waits' && event.segment !== undefined
      ? [{ ...asCarried({ host: event.host, segment: event.segment }), sent: event.t }]
      : [],
  );
  return [...waited, ...carriedSegments(events)].sort((a, b) => timeOf(a) - timeOf(b));
}

const asCarried = ({ host, segment }: Coming): Carried => ({
  segment,
  from: host,
  lost: false,
  again: false,
  events: {},
});

function direction({ from, segment: { src, dst } }: Carried, single: boolean): string {
  const to = from === 'server' ? 'client' : 'server';
  return single ? `${from} > ${to}` : `${from}:${src.port} > ${to}:${dst.port}`;
}
