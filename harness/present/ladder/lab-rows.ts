import type { Json, LabEvent } from '../../evidence/events.ts';
import { historyOf } from '../../history/history.ts';
import { programNames } from './programs.ts';
import type { ActionRow, ExpectationRow, StepRow } from './types.ts';

/** What the lab did and expected. */
export function labRows(events: readonly LabEvent[]): (StepRow | ActionRow | ExpectationRow)[] {
  return [...stepRows(events), ...actionRows(events), ...expectationRows(events)];
}

const stepRows = (events: readonly LabEvent[]): StepRow[] =>
  events.flatMap((event) => {
    if (event.type !== 'step') return [];
    const { t, seq, phase, id, title } = event;
    return [{ kind: 'step', t, seq, phase, id, title }];
  });

/** These change nothing, or are told by what comes of them: a program that is started, a call. */
const UNTOLD = ['netstat', 'counters', 'run'];

/** At their beginnings. */
function actionRows(events: readonly LabEvent[]): ActionRow[] {
  const names = programNames(events);
  return events.flatMap((event) => {
    if (event.type !== 'action' || event.phase !== 'begin' || UNTOLD.includes(event.op)) return [];
    const { t, seq, op, host } = event;
    const args = (event.args ?? {}) as Record<string, Json>;
    const name = names.get(Number(args['program']));
    // What is typed into it is a call, and told as such.
    if (op === 'type' && name === 'socket-shell') return [];
    return [
      { kind: 'action', t, seq, op, args, ...(host && { host }), ...(name && { name }) } as const,
    ];
  });
}

const expectationRows = (events: readonly LabEvent[]): ExpectationRow[] =>
  historyOf(events).lab.expectations.map((stated): ExpectationRow => {
    const { id, expect, verdict } = stated;
    const { t, seq } = verdict ?? expect;
    const { verdict: came = 'untried', by = [] } = verdict ?? {};
    return { kind: 'expectation', t, seq, id, stated, verdict: came, by };
  });
