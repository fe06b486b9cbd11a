import type { LabEvent } from '../../evidence/events.ts';
import { historyOf } from '../../history/history.ts';
import { timeOf, type Step } from '../../history/sockets.ts';
import type { State } from '../../tcp/state.ts';
import type { Connections } from './connections.ts';
import { endOf, tracedEnds, type Change, type End, type Ends } from './ends.ts';
import type { Evidence } from './evidence.ts';
import { withRequest } from './requests.ts';
import { causeOf, routeBetween } from './route.ts';
import { withTimeWait } from './time-wait.ts';
import type { StateRow } from './types.ts';

/**
 * Every state of every end, where it begins: as the tracepoint has it, to the microsecond; what it
 * cannot see, and everything where it is not read, as `ss` has it, at the packet that led there.
 */
export function stateRows(
  events: readonly LabEvent[],
  evidence: Evidence,
  connections: Connections,
): StateRow[] {
  const ends = tracedEnds(events, evidence);
  for (const end of ends.values()) {
    end.changes = withRequest(end, evidence, withTimeWait(end, evidence));
  }
  for (const step of historyOf(events).steps) addStep(step, ends, evidence);
  return [...ends.values()].flatMap((end) => rowsOfEnd(end, evidence, connections));
}

/** What two samples show, unless the tracepoint has told it. */
function addStep(step: Step, ends: Ends, evidence: Evidence): void {
  const { host, local, peer, to } = step;
  const end = endOf(ends, host, local, peer);
  const { since, until } = timeOf(step);
  const known = end.changes.filter((change) => change.t >= since && change.t <= until);
  const told = known.find((change) => change.to === to);
  if (told !== undefined) {
    if (step.is !== undefined) told.row ??= step.is;
    if (told.witness === 'inferred') told.witness = 'ss';
    return;
  }
  // A sample is not taken at one moment: what the tracepoint saw meanwhile it may have missed.
  if (known.some(({ witness }) => witness === 'tracepoint') && to !== 'TIME-WAIT') return;
  end.changes.push(...placed(step, end, evidence, { since, until }));
}

/** At the packets that led there; or at the listen() call, or when it was there for sure. */
function placed(
  { from, to, after, is, host }: Step,
  { local, peer }: End,
  evidence: Evidence,
  during: { since: number; until: number },
): Change[] {
  const last: Change = { t: after.began, seq: after.event, from, to, witness: 'ss' };
  if (is !== undefined) last.row = is;
  const hops = routeBetween(from, to, evidence.packets(host, local, peer), during) ?? [];
  if (hops.length > 0) {
    return hops.map(({ to: state, packet: { t, seq, direction } }, i) => ({
      ...(i === hops.length - 1 ? last : { to: state, witness: 'inferred' as const }),
      t,
      seq,
      ...(direction === 'in' ? { cause: seq } : {}),
    }));
  }
  const listen = evidence.listens.find(
    (call) => call.host === host && call.t >= during.since && call.t <= during.until,
  );
  return [to === 'LISTEN' && listen !== undefined ? { ...last, t: listen.t } : last];
}

/** Once for each change, in order. */
function rowsOfEnd(end: End, evidence: Evidence, connections: Connections): StateRow[] {
  const { host, local, peer } = end;
  const isListener = peer.port === 0;
  const own = isListener ? [] : evidence.packets(host, local, peer);
  let state: State | undefined;
  let since = -Infinity;
  return end.changes
    .toSorted((a, b) => a.t - b.t)
    .flatMap((change): StateRow[] => {
      const { t, seq, to, witness, row } = change;
      if (to === state) return [];
      // The tracepoint takes a TIME-WAIT for CLOSED.
      const from = state === 'TIME-WAIT' ? state : (change.from ?? state);
      state = to;
      const cause = change.cause ?? causeOf(from, to, { since, t }, own)?.seq;
      since = t;
      const opens = to === 'SYN-SENT';
      return [
        {
          kind: 'state',
          t,
          seq,
          host,
          local,
          state: to,
          ...(from === undefined ? {} : { from }),
          witness,
          ...(cause === undefined ? {} : { cause }),
          listener: isListener,
          ...(isListener ? {} : { connection: connections.at(host, local, peer, t, opens) }),
          ...(row === undefined ? {} : { orphan: row.processes.length === 0 }),
          ...(row?.timer?.name === 'timewait' && row.timer.expiresMs !== undefined
            ? { leftMs: row.timer.expiresMs }
            : {}),
        },
      ];
    });
}
