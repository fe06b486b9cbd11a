import { edgeNeverShown, edgeShown } from '../expect/edges-shown-expectation.ts';
import { allOf } from '../vocabulary/all-of.ts';
import { testbed } from '../vocabulary/testbed.ts';
import type { Lab } from '../vocabulary/define.ts';
import type { Session } from '../vocabulary/session.ts';
import { told } from '../told.ts';
import { keepingPledges } from './pledges.ts';
import { isOf } from './thrown.ts';

/**
 * A lab in a session, live or replayed: its own code, with all that it has begun and not awaited, and
 * then, over all that has been seen, the edges of the state diagram that its definition promises.
 */
export async function carryOut(lab: Lab, session: Session): Promise<void> {
  await keepingPledges(
    session,
    (kept) => lab.body(testbed(kept)),
    (reason) => isOf(lab, reason),
  );
  const { shows = [], showsSlow = [], refutes = [] } = lab;
  const expectations = [
    ...[...shows, ...(session.slow ? showsSlow : [])].map(edgeShown),
    ...refutes.map(edgeNeverShown),
  ];
  if (expectations.length === 0) return;
  await session.step(told('edges of the state diagram'), async () => {
    await allOf(expectations.map((one) => session.judge(one)));
  });
}
