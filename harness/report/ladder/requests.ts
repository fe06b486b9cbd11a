import type { Change, End } from './ends.ts';
import type { Evidence } from './evidence.ts';

/**
 * What a listener has received is no socket yet, and nothing to the tracepoint, until the handshake
 * is over: SYN-RECEIVED began when the SYN was answered.
 */
export function withRequest(
  { host, local, peer }: End,
  evidence: Evidence,
  changes: readonly Change[],
): Change[] {
  return changes.map((change) => {
    if (change.from !== 'LISTEN' || change.to !== 'SYN-RECEIVED') return change;
    const own = evidence.packets(host, local, peer);
    const answer = own.findLast(
      ({ direction, segment, t }) =>
        direction === 'out' && segment.flags.startsWith('S.') && t <= change.t,
    );
    // The first of those that say the same.
    const first = own.find(
      ({ direction, segment }) =>
        direction === 'out' &&
        segment.flags.startsWith('S.') &&
        segment.seq === answer?.segment.seq,
    );
    const syn = own.findLast(
      ({ direction, segment, t }) =>
        direction === 'in' && segment.flags.startsWith('S') && t <= (first?.t ?? 0),
    );
    if (first === undefined) return change;
    const { t, seq } = syn ?? first;
    return { ...change, t, seq, witness: 'inferred', ...(syn && { cause: syn.seq }) };
  });
}
