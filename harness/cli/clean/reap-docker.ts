import type { Cleaned } from './cleaned.ts';

/** Removes containers of runs that are dead; none can be where no daemon answers. */
export async function reapDocker(): Promise<Cleaned> {
  const { dockerVersion, reap } = await import('../../backend/docker.ts');
  try {
    await dockerVersion();
  } catch (error) {
    return { removed: [], remark: `Docker is left out: ${(error as Error).message}` };
  }
  try {
    return { removed: await reap() };
  } catch (error) {
    return { removed: [], failure: `Docker could not be cleaned up: ${(error as Error).message}` };
  }
}
