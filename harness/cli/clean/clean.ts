import { removeOld } from '../../build/cache.mjs';
import { PACKAGED } from '../../installation.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { t } from '../language.ts';
import { remark, tell } from '../process.ts';
import { told, toldBy, type Told } from '../../told.ts';

/** What came of cleaning one kind of thing. */
interface Cleaned {
  removed: readonly Told[];
  /** Why there was nothing to look for. */
  remark?: Told;
  /** What could not be removed, and why. */
  failure?: Told;
}

/** `clean`: removes what killed runs left behind. Namespaces need none: the kernel frees them. */
export async function clean(): Promise<ExitCode> {
  const results = [await reapDocker(), await removeOldCode()];
  for (const { removed, remark: why } of results) {
    for (const thing of removed) tell(t('removed {what}', { what: thing }));
    if (why !== undefined) tell(t(why));
  }
  const failures = results.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  for (const failure of failures) remark(`lab: ${t(failure)}`);
  if (failures.length > 0) return EXIT.leftBehind;
  if (results.every(({ removed }) => removed.length === 0)) tell(t('nothing to remove'));
  return EXIT.passed;
}

/** Containers of runs that are dead; none can be where no daemon answers. */
async function reapDocker(): Promise<Cleaned> {
  const { dockerVersion, reap } = await import('../../backend/docker.ts');
  try {
    await dockerVersion();
  } catch (error) {
    return { removed: [], remark: told('Docker is left out: {why}', { why: toldBy(error) }) };
  }
  try {
    return { removed: await reap() };
  } catch (error) {
    const failure = told('Docker could not be cleaned up: {why}', { why: toldBy(error) });
    return { removed: [], failure };
  }
}

/** What was built of earlier sources. The package brings its own, and its sources do not change. */
async function removeOldCode(): Promise<Cleaned> {
  if (PACKAGED) return { removed: [] };
  const old = await removeOld();
  return { removed: old.map((name) => told('code of an earlier version: {name}', { name })) };
}
