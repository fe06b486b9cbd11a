import { unlessAborted } from '../../deadline.ts';
import { tryRun } from './trial.ts';
import type { Finding } from './finding.ts';
import { beside, told, toldBy, verbatim, type Told } from '../../told.ts';

/** Does a daemon answer, and which? Where its image is there, a run is tried. */
export async function checkDocker(signal: AbortSignal): Promise<Finding> {
  const name = verbatim('Docker');
  try {
    const { docker, dockerVersion, hasImage } = await import('../../backend/docker.ts');
    const version = await unlessAborted(signal, dockerVersion());
    const seen = told('{version} answers', { version });
    if (!(await unlessAborted(signal, hasImage())))
      return { name, ok: true, found: beside([seen, told('the first run builds its image')]) };
    const trouble = await tryRun(docker, signal);
    if (trouble === undefined)
      return { name, ok: true, found: told('{seen}, a run was tried', { seen }) };
    const { reason, hint } = trouble;
    return { name, ok: false, found: reason, ...(hint === undefined ? {} : { fix: hint }) };
  } catch (error) {
    const { hint } = error as Error & { hint?: Told };
    return { name, ok: false, found: toldBy(error), ...(hint === undefined ? {} : { fix: hint }) };
  }
}
