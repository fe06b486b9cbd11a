import { Stream } from '../../evidence/stream.ts';
import { thisProcess } from '../../backend/owner.ts';
import { RunClock } from '../../witness/clock.ts';
import { NoTracepoint, trace } from '../../witness/tracepoint.ts';
import type { Finding } from './finding.ts';
import { told, toldBy } from '../../told.ts';

/** Documentation addresses (RFC 5737): no host has them. */
const NOBODY = {
  server: { address: '192.0.2.1', netns: 0 },
  client: { address: '192.0.2.2', netns: 0 },
};

/** Can the kernel's own witness be heard? It is started as in a run; labs run without it, too. */
export async function checkTracepoint(signal: AbortSignal): Promise<Finding> {
  const name = told('tracepoint');
  const clock = new RunClock(process.hrtime.bigint());
  const lifetime = { onLost: (): void => undefined, signal };
  try {
    const { bootId } = thisProcess();
    const tracepoint = await trace(NOBODY, bootId, clock, new Stream(), lifetime);
    await tracepoint.stop();
    return { name, ok: true, found: told('sock:inet_sock_set_state is readable') };
  } catch (error) {
    const seen = toldBy(error);
    const found =
      error instanceof NoTracepoint ? told('{seen} (labs run without)', { seen }) : seen;
    const fix =
      process.getuid?.() === 0
        ? told('a kernel with CONFIG_FTRACE, and tracefs')
        : told('run as root to have the third witness');
    return { name, ok: false, found, fix };
  }
}
