import { EXIT, type ExitCode } from './exit-codes.ts';
import { removeOldCode } from './clean/old-code.ts';
import { reapDocker } from './clean/reap-docker.ts';

/** `clean`: removes what killed runs left behind. Namespaces need none: the kernel frees them. */
export async function clean(): Promise<ExitCode> {
  const results = [await reapDocker(), await removeOldCode()];
  for (const { removed, remark } of results) {
    for (const thing of removed) console.log(`removed ${thing}`);
    if (remark !== undefined) console.log(remark);
  }
  const failures = results.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  for (const failure of failures) console.error(`lab: ${failure}`);
  if (failures.length > 0) return EXIT.leftBehind;
  if (results.every(({ removed }) => removed.length === 0)) console.log('nothing to remove');
  return EXIT.passed;
}
