import { timeOf, type Carried } from '../carried.ts';
import type { Names } from '../sequence-names.ts';
import type { Connections } from './connections.ts';
import { isHeld, type Holds } from './holds.ts';
import type { Seen, SegmentRow } from './types.ts';

/** A row for each segment; how long it was held is not known yet. */
export function segmentRows(
  all: readonly Carried[],
  names: Names,
  connections: Connections,
  { holds, forged }: { holds: Holds; forged: ReadonlySet<number> },
): SegmentRow[] {
  return all.map((carried) => {
    const { from, segment, again } = carried;
    const sent = seen(carried.sent, carried.events.sent);
    const arrived = seen(carried.arrived, carried.events.arrived);
    const ack = names.ack(carried);
    const isForged = sent !== undefined && forged.has(sent.seq);
    return {
      kind: 'segment',
      t: timeOf(carried),
      seq: (sent ?? arrived)?.seq ?? 0,
      connection: connections.of(carried),
      from,
      segment,
      ...(sent && { sent }),
      ...(arrived && { arrived }),
      fate: fateOf(carried),
      held: !isForged && sent !== undefined && isHeld(holds, from, sent.t),
      again,
      forged: isForged,
      inside: carried.inside ?? false,
      names: { seq: names.seq(carried), ...(ack === undefined ? {} : { ack }) },
    };
  });
}

const seen = (t: number | undefined, seq: number | undefined): Seen | undefined =>
  t === undefined || seq === undefined ? undefined : { t, seq };

function fateOf({ lost, sent, arrived }: Carried): SegmentRow['fate'] {
  if (lost) return 'lost';
  return sent === undefined || arrived === undefined ? 'unseen' : 'arrived';
}
