import { readBundle, type Bundle } from '../evidence/bundle.ts';
import { labNames, loadLabs } from '../lab/catalogue.ts';
import { styleFor } from '../report/style.ts';
import { renderResult } from '../report/text.ts';
import { explain } from './explain-error.ts';
import { EXIT, gravest, type ExitCode } from './exit-codes.ts';
import { t } from './language.ts';
import { linesToText } from './output.ts';

/**
 * `show DIR...`: prints each stored run again as it was printed after the lab, its ladder with it.
 * The exit code says whether all could be read: how a run came out, its text says.
 */
export async function show(dirs: readonly string[]): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  for (const dir of dirs) {
    try {
      process.stdout.write(await textOf(dir, await readBundle(dir)));
      codes.push(EXIT.passed);
    } catch (error) {
      // The other bundles are shown as well.
      const { code, text } = explain(error, t);
      process.stderr.write(`lab: ${text}\n`);
      codes.push(code);
    }
  }
  return gravest(codes);
}

/** With the lab's own words, where this version still has the lab. */
async function textOf(bundle: string, { events, result }: Bundle): Promise<string> {
  const known = (await labNames()).includes(result.lab);
  const [lab] = known ? await loadLabs([result.lab]) : [];
  const about = { bundle, claims: result.claims, ...(lab && { lab }) };
  return linesToText(renderResult(events, about, styleFor(process.stdout, process.env, t)));
}
