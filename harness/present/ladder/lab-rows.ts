import type { History } from '../../history/history.ts';
import type { ActionRow, ExpectationRow, StepRow } from './types.ts';

/** What the lab did and expected. */
export const labRows = (history: History): (StepRow | ActionRow | ExpectationRow)[] => [
  ...stepRows(history),
  ...actionRows(history),
  ...expectationRows(history),
];

const stepRows = ({ lab }: History): StepRow[] =>
  lab.steps.flatMap(({ id, title, begin, end }) =>
    [begin, ...(end ? [end] : [])].map(
      ({ t, seq, phase }) => ({ kind: 'step', t, seq, phase, id, title }) as const,
    ),
  );

/** At their beginnings. */
const actionRows = ({ lab, programs }: History): ActionRow[] =>
  lab.actions.flatMap((action): ActionRow[] => {
    const { host, begin, op, args } = action;
    // These change nothing, or are told by what comes of them.
    if (op === 'netstat' || op === 'counters' || op === 'run') return [];
    const name = 'program' in args ? programs.of(args.program)?.name : undefined;
    // What is typed into it is a call, and told as such.
    if (op === 'type' && name === 'socket-shell') return [];
    const { t, seq } = begin;
    return [{ kind: 'action', t, seq, host, action, ...(name && { name }) }];
  });

const expectationRows = ({ lab }: History): ExpectationRow[] =>
  lab.expectations.map((stated): ExpectationRow => {
    const { id, expect, verdict } = stated;
    const { t, seq } = verdict ?? expect;
    const { verdict: came = 'untried', by = [] } = verdict ?? {};
    return { kind: 'expectation', t, seq, id, stated, verdict: came, by };
  });
