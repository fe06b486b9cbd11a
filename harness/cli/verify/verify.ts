import { labNames, loadLabs } from '../../lab/catalogue.ts';
import { verify } from '../../lab/verify.ts';
import { explain } from '../errors.ts';
import { EXIT, gravest, type ExitCode } from '../exit-codes.ts';
import { t } from '../language.ts';

/**
 * `verify DIR...`: each bundle is as it was written, its witnesses agree, and the labs as they are
 * now come to the verdicts that are in it. The exit code is that of the run: 1 when it failed.
 */
export async function verifyBundles(dirs: readonly string[]): Promise<ExitCode> {
  const labs = await loadLabs(await labNames());
  const codes: ExitCode[] = [];
  for (const dir of dirs) {
    try {
      const { summary, events, verdicts } = await verify(dir, labs);
      const { lab, status } = summary;
      const params = { dir, lab, what: status, events, verdicts };
      console.log(
        t('{dir}: {lab} {what}; replayed {events} events, the same {verdicts} verdicts', params),
      );
      codes.push(
        status === 'passed' ? EXIT.passed : status === 'failed' ? EXIT.failed : EXIT.unable,
      );
    } catch (error) {
      // The other bundles are checked as well.
      const { code, text } = explain(error, t);
      console.error(`lab: ${text}`);
      codes.push(code);
    }
  }
  return gravest(codes);
}
