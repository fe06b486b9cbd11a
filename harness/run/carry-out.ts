import { edgeNeverShown, edgeShown } from '../expect/edges-shown-expectation.ts';
import { allOf } from '../vocabulary/all-of.ts';
import { bench } from '../vocabulary/bench.ts';
import type { Lab } from '../vocabulary/define.ts';
import type { Session } from '../vocabulary/session.ts';
import { told } from '../told.ts';

/**
 * A lab in a session, live or replayed: its own code, and then, over all that has been seen, the
 * edges of the state diagram that its definition promises.
 */
export async function carryOut(lab: Lab, session: Session): Promise<void> {
  await lab.body(bench(session));
  const { shows = [], showsSlow = [], refutes = [] } = lab;
  const expectations = [
    ...[...shows, ...(session.slow ? showsSlow : [])].map(edgeShown),
    ...refutes.map(edgeNeverShown),
  ];
  if (expectations.length === 0) return;
  await session.step(told('what it has shown of the state diagram'), async () => {
    await allOf(expectations.map((one) => session.judge(one)));
  });
}
