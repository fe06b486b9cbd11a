import { HANDLED_WITHIN } from '../../evidence/clock.ts';
import type { Evidence } from './evidence.ts';
import type { Change, End } from './ends.ts';

/**
 * The tracepoint knows no TIME-WAIT: a socket is CLOSED for it when the kernel keeps only its
 * addresses (net/ipv4/tcp_minisocks.c tcp_time_wait), in TIME-WAIT or, when no process has it any
 * more, in FIN-WAIT-2. `ss` shows which; where it did not look any more, the peer's FIN tells.
 */
export function withTimeWait(end: End, evidence: Evidence): Change[] {
  return end.changes.flatMap((change) => {
    const mayWait = change.from === 'FIN-WAIT-2' || change.from === 'CLOSING';
    return change.to === 'CLOSED' && mayWait ? whatItWas(change, end, evidence) : [change];
  });
}

function whatItWas(change: Change, end: End, evidence: Evidence): Change[] {
  const { host, local, peer } = end;
  const { sample, row } = evidence.rowAfter(change.t, host, local, peer);
  const own = evidence.packets(host, local, peer);
  const fin = own.find(({ direction, segment }) => direction === 'in' && /F/.test(segment.flags));
  const reset = own.some(
    ({ direction, segment, t }) =>
      direction === 'in' && segment.flags.includes('R') && Math.abs(t - change.t) < HANDLED_WITHIN,
  );
  if (row?.state === 'FIN-WAIT-2') return [];
  if (row === undefined && (sample !== undefined || reset)) return [change];
  if (fin === undefined) return [];
  const t = Math.max(change.t, fin.t);
  const seq = t === change.t ? change.seq : fin.seq;
  const entered: Change = { ...change, t, seq, to: 'TIME-WAIT', witness: 'inferred' };
  return [row?.state === 'TIME-WAIT' ? { ...entered, witness: 'ss', row } : entered];
}
