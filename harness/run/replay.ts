import type { EventOf, LabEvent, LabStatus } from '../evidence/events.ts';
import { carryOut } from './carry-out.ts';
import type { Lab } from '../vocabulary/define.ts';
import { ContradictionError, quiet, ReplaySession } from './replay-session.ts';
import { ExpectationError } from '../vocabulary/session.ts';
import { told } from '../told.ts';

export interface Replayed {
  status: LabStatus;
  verdicts: number;
}

/**
 * Runs a lab's own code over recorded events: no host, no clock, no network. Its actions are matched
 * against the recorded ones and get their results; its expectations are evaluated anew.
 * @throws ContradictionError when a verdict, or what the lab does, is not what was recorded
 */
export async function replay(lab: Lab, events: readonly LabEvent[]): Promise<Replayed> {
  const last = events.at(-1) as EventOf<'end'>;
  // There were no hosts yet that a lab could have run on.
  if (last.cut === true && !events.some(({ type }) => type === 'host'))
    return { status: last.status, verdicts: 0 };
  const session = new ReplaySession(events, lab);
  let ended: Ended | undefined;
  const body = carryOut(lab, session).then(
    () => ({ status: 'passed' as const }),
    (error: unknown) => statusOf(error),
  );
  void body.then((result) => (ended = result));
  const verdicts = await session.feed(() => ended !== undefined);
  await quiet();
  // Cut short wherever it was: what it had come to is judged, and no more was.
  if (last.cut === true) return { status: last.status, verdicts };
  if (ended === undefined) {
    throw new ContradictionError(last.seq, told('the run ends here, but the lab wants to go on'));
  }
  // Why it broke off is told in a sentence, which says nothing about TCP.
  if (ended.status !== last.status || ended.expectation !== last.expectation) {
    throw new ContradictionError(
      last.seq,
      told('the run ended {what}, the replay {how}', {
        what: told(last.status),
        how: told(ended.status),
      }),
    );
  }
  return { status: ended.status, verdicts };
}

interface Ended {
  status: LabStatus;
  expectation?: number;
}

const statusOf = (error: unknown): Ended =>
  error instanceof ExpectationError
    ? { status: 'failed', expectation: error.expectation }
    : { status: 'broken' };
