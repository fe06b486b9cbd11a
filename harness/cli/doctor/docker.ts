import type { BackendError } from '../../backend/errors.ts';
import type { Finding } from './finding.ts';

/** Does a daemon answer, and which? */
export async function checkDocker(): Promise<Finding> {
  const name = 'Docker';
  try {
    const { dockerVersion } = await import('../../backend/docker.ts');
    return { name, ok: true, text: `${await dockerVersion()} answers` };
  } catch (error) {
    const { message, hint } = error as BackendError;
    return { name, ok: false, text: message, ...(hint === undefined ? {} : { fix: hint }) };
  }
}
