import type { Backend } from '../../backend/backend.ts';
import type { Lab } from '../../vocabulary/define.ts';
import { runLab } from '../../run/run.ts';
import { version } from '../../installation.ts';
import { told, verbatim, type Told } from '../../told.ts';

/** What every run does, hosts, witnesses, their end; and what a kernel may not be able to: the wire. */
const NOTHING: Lab = {
  name: 'doctor',
  title: '',
  explanation: '',
  sources: [],
  body: async ({ server, wire }) => {
    await wire.hold();
    await wire.drop({ to: server, flags: 'R' });
    await wire.carry();
  },
};

/** Why no lab can run on a backend, and what would help; undefined when one was run. */
export async function tryRun(
  backend: Backend,
  signal: AbortSignal,
): Promise<{ reason: Told; hint?: Told } | undefined> {
  const options = { backend, reason: verbatim(''), slow: false, harness: version(), signal };
  const { status, message = told(status), hint, leftBehind } = await runLab(NOTHING, options);
  if (leftBehind !== undefined)
    return { reason: told('could not be cleaned up: {why}', { why: leftBehind }) };
  if (status === 'passed') return undefined;
  return { reason: message, ...(hint === undefined ? {} : { hint }) };
}
