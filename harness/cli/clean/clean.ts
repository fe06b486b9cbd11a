import { removeOld } from '../../build/cache.mjs';
import { PACKAGED } from '../../installation.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { t } from '../language.ts';

/** What came of cleaning one kind of thing. */
interface Cleaned {
  removed: string[];
  /** Why there was nothing to look for. */
  remark?: string;
  /** What could not be removed, and why. */
  failure?: string;
}

/** `clean`: removes what killed runs left behind. Namespaces need none: the kernel frees them. */
export async function clean(): Promise<ExitCode> {
  const results = [await reapDocker(), await removeOldCode()];
  for (const { removed, remark } of results) {
    for (const thing of removed) console.log(t('removed {what}', { what: thing }));
    if (remark !== undefined) console.log(t(remark));
  }
  const failures = results.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  for (const failure of failures) console.error(`lab: ${t(failure)}`);
  if (failures.length > 0) return EXIT.leftBehind;
  if (results.every(({ removed }) => removed.length === 0)) console.log(t('nothing to remove'));
  return EXIT.passed;
}

/** Containers of runs that are dead; none can be where no daemon answers. */
async function reapDocker(): Promise<Cleaned> {
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

/** What was built of earlier sources. The package brings its own, and its sources do not change. */
async function removeOldCode(): Promise<Cleaned> {
  if (PACKAGED) return { removed: [] };
  return { removed: (await removeOld()).map((name) => `code of an earlier version: ${name}`) };
}
