import { EXIT, type ExitCode } from '../exit-codes.ts';
import { t } from '../language.ts';
import { removeOldCode } from './old-code.ts';
import { reapDocker } from './reap-docker.ts';

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
