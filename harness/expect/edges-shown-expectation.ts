import { HOSTS } from '../evidence/events.ts';
import type { Miss, NoEdgeReason, ChangeSeen } from '../evidence/expectations.ts';
import { isShown, readChanges, type NoEdge, type Shown } from '../history/edges.ts';
import type { History } from '../history/history.ts';
import type { SocketChange } from '../history/sockets.ts';
import { edgeName, edgeOf, type Edge } from '../tcp/states/edges.ts';
import type { State } from '../tcp/states/state.ts';
import { failed, met, pending, type Evaluation, type Expectation } from './expectation.ts';

/** A look at the whole run so far, when all evidence of it is here. */
const atTheEnd = { within: 0, watches: HOSTS, lastLook: true, heeds: [] } as const;

/** Some socket has shown this edge so far: `ss` in both its states, the tracepoint if it can. */
export function edgeShown(name: string): Expectation<undefined, 'edge-shown'> {
  const edge = edgeOf(name);
  return {
    kind: 'edge-shown',
    params: { edge: name },
    ...atTheEnd,
    stated:
      ({ history }) =>
      (over) => {
        if (!over) return pending;
        const near = ({ from, to }: SocketChange): boolean => from === edge.from || to === edge.to;
        const misses: Miss[] = [];
        for (const reading of readChanges(history, near)) {
          if (isShown(reading) && edgeName(reading.edge) === name)
            return met(undefined, { change: seen(reading) }, pointers(reading));
          misses.push(missOf(reading));
        }
        const unseen = [edge.from, edge.to].filter((state) => !isSeen(history, state));
        return failed({ unseen }, [], misses);
      },
  };
}

/**
 * No socket has shown this edge, which Linux does not have: one has shown what it has instead or, if
 * there is no such edge, went from the one state to the other by another way.
 */
export function edgeNeverShown(name: string): Expectation<undefined, 'edge-missing'> {
  const edge = edgeOf(name);
  const { from, to, linux } = edge;
  return {
    kind: 'edge-missing',
    params: { edge: name },
    ...atTheEnd,
    stated:
      ({ history }) =>
      (over) => {
        if (!over) return pending;
        const shown = [...readChanges(history, (change) => change.from === from)].filter(isShown);
        const it = shown.find((reading) => edgeName(reading.edge) === name);
        if (it !== undefined) return failed<'edge-missing'>({ change: seen(it) }, pointers(it));
        const traced = history.transitions.all.find((t) => t.from === from && t.to === to);
        if (traced !== undefined)
          return failed<'edge-missing'>({ traced: traced.seq }, [traced.seq]);
        if (linux?.instead === undefined) return wentRound(edge, history);
        const { instead } = linux;
        const other = shown.find((reading) => edgeName(reading.edge) === instead);
        return other === undefined
          ? failed<'edge-missing'>({ unshown: instead }, [], shown.map(missOf))
          : met(undefined, { instead, change: seen(other) }, pointers(other));
      },
  };
}

/** A socket that was in the one state, and later in the other. */
function wentRound({ from, to }: Edge, history: History): Evaluation<undefined, 'edge-missing'> {
  const was = new Map<string, number>();
  for (const { event, host, rows } of history.samples) {
    for (const { state, local, cookie = '' } of rows) {
      const key = `${host} ${cookie}`;
      const before = was.get(key);
      if (state === from) was.set(key, event);
      if (state !== to || before === undefined) continue;
      return met(undefined, { round: { host, local, from, to } }, [before, event]);
    }
  }
  return failed<'edge-missing'>({ noSocket: true }, []);
}

/** No row shows what is CLOSED. */
const isSeen = (history: History, state: State): boolean =>
  state === 'CLOSED' || history.samples.some(({ rows }) => rows.some((row) => row.state === state));

const pointers = ({ change: { before, after }, traced = [] }: Shown): number[] => [
  before.event,
  after.event,
  ...traced.map(({ seq }) => seq),
];

function seen({ change, traced }: Shown): ChangeSeen {
  return { ...changeSeen(change), ...(traced && { traced: traced.map(({ seq }) => seq) }) };
}

const changeSeen = ({ host, local, peer, from, to, before, after }: SocketChange): ChangeSeen => ({
  ...{ host, local, peer, from, to },
  before: before.event,
  after: after.event,
});

function missOf(reading: Shown | NoEdge): Miss {
  const reason: NoEdgeReason = isShown(reading)
    ? { why: 'edge', edge: edgeName(reading.edge) }
    : reading.why;
  const { change } = reading;
  return { event: change.after.event, change: changeSeen(change), reason, differs: [] };
}
