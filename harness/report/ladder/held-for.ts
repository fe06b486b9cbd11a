import type { HostName } from '../../evidence/events.ts';
import { add } from '../../tcp/sequence.ts';
import type { Segment } from '../../tcp/segment.ts';
import { holdOf, SHORTEST_WAIT, type Holds } from './holds.ts';
import type { CallRow, SegmentRow, StateRow } from './types.ts';

/** What may have made a segment, in order of time. */
export interface Makers {
  segments: readonly SegmentRow[];
  states: readonly StateRow[];
  calls: readonly CallRow[];
}

/**
 * How long each held segment waited, where it is known what made it: a state's beginning for a SYN
 * or FIN, the send() for data, the arrival of what it acknowledges for an ACK. One that was sent
 * again by a timer tells nothing of its making.
 */
export function withHeldFor(makers: Makers, holds: Holds): SegmentRow[] {
  return makers.segments.map((row) => {
    if (!row.held || row.again || row.sent === undefined) return row;
    const since = holdOf(holds, row.from, row.sent.t)?.from ?? row.sent.t;
    const made = madeAt(row, makers, since);
    if (made === undefined) return row;
    const heldFor = row.sent.t - made;
    return heldFor < SHORTEST_WAIT ? { ...row, held: false } : { ...row, heldFor };
  });
}

function madeAt(row: SegmentRow, makers: Makers, since: number): number | undefined {
  const { segment, from, connection, t } = row;
  const during = (at: number): boolean => at >= since && at <= t;
  if (/[SF]/.test(segment.flags)) {
    const states = statesOf(segment.flags);
    const begun = makers.states.findLast(
      (state) =>
        state.connection === connection &&
        state.host === from &&
        states.includes(state.state) &&
        during(state.t),
    );
    if (begun !== undefined) return begun.t;
  }
  if (segment.length > 0) return sendOf(row, makers.calls, during)?.t;
  return answered(row, makers.segments, during)?.arrived?.t;
}

/** The states that begin with such a segment. */
function statesOf(flags: string): readonly string[] {
  if (flags.includes('F')) return ['FIN-WAIT-1', 'LAST-ACK'];
  return [flags.includes('.') ? 'SYN-RECEIVED' : 'SYN-SENT'];
}

/** Only one send() says which it was. */
function sendOf(
  { from }: SegmentRow,
  calls: readonly CallRow[],
  during: (t: number) => boolean,
): CallRow | undefined {
  const sends = calls.filter(({ host, call, t }) => host === from && call === 'send' && during(t));
  return sends.length === 1 ? sends[0] : undefined;
}

/** The segment of the peer's whose last octet it acknowledges. */
const answered = (
  { segment: { ack }, from, connection }: SegmentRow,
  segments: readonly SegmentRow[],
  during: (t: number) => boolean,
): SegmentRow | undefined =>
  segments.findLast(
    (other) =>
      other.connection === connection &&
      other.from === opposite(from) &&
      other.fate === 'arrived' &&
      other.arrived !== undefined &&
      during(other.arrived.t) &&
      endOf(other.segment) === ack,
  );

const opposite = (host: HostName): HostName => (host === 'server' ? 'client' : 'server');

const endOf = ({ seq, length, flags }: Segment): number =>
  add(seq, length + (flags.match(/[SF]/g)?.length ?? 0));
