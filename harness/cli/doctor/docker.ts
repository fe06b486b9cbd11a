import { unlessAborted } from '../../deadline.ts';
import { tryRun } from './trial.ts';
import type { Finding } from './finding.ts';

/** Does a daemon answer, and which? Where its image is there, a run is tried. */
export async function checkDocker(signal: AbortSignal): Promise<Finding> {
  const name = 'Docker';
  try {
    const { docker, dockerVersion, hasImage } = await import('../../backend/docker.ts');
    const answers = `${await unlessAborted(signal, dockerVersion())} answers`;
    if (!(await unlessAborted(signal, hasImage())))
      return { name, ok: true, text: `${answers}; the first run builds its image` };
    const trouble = await tryRun(docker, signal);
    if (trouble === undefined) return { name, ok: true, text: `${answers}, a run was tried` };
    const { reason, hint } = trouble;
    return { name, ok: false, text: reason, ...(hint === undefined ? {} : { fix: hint }) };
  } catch (error) {
    const { message, hint } = error as Error & { hint?: string };
    return { name, ok: false, text: message, ...(hint === undefined ? {} : { fix: hint }) };
  }
}
