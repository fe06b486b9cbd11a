import { readBundle, type Bundle } from '../../evidence/bundle.ts';
import type { Summary } from '../../evidence/summary.ts';
import { labNames, loadLabs } from '../../catalogue/catalogue.ts';
import type { Lab } from '../../vocabulary/define.ts';
import { styleFor } from '../../present/terminal/style.ts';
import { renderResult } from '../../present/terminal/text.ts';
import type { ShowFlags } from '../command-line.ts';
import { explain } from '../errors.ts';
import { EXIT, gravest, type ExitCode } from '../exit-codes.ts';
import { labsBy } from '../labs.ts';
import { t } from '../language.ts';
import { linesToText } from '../process.ts';

/**
 * `show DIR...`: prints each stored run again as it was printed after the lab, its ladder with it;
 * with `--open` its report is opened instead. The exit code says whether all could be read: how a run
 * came out, its text says.
 */
export async function show(dirs: readonly string[], { open, lab }: ShowFlags): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  const { labs } = await labsBy(lab, () => true);
  for (const dir of dirs) {
    try {
      const bundle = await readBundle(dir);
      const text =
        open === true ? await opened(dir, bundle, labs) : await textOf(dir, bundle, labs);
      process.stdout.write(text);
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

async function textOf(
  bundle: string,
  { events, result }: Bundle,
  labs: readonly Lab[],
): Promise<string> {
  const about = { bundle, claims: result.claims, ...(await wordsOf(result, labs)) };
  return linesToText(renderResult(events, about, styleFor(process.stdout, process.env, t)));
}

/** Made anew of the evidence: the report that lies in the folder may be anybody's. */
async function opened(
  dir: string,
  { manifest, events, pcaps, result }: Bundle,
  labs: readonly Lab[],
): Promise<string> {
  const { writeReport } = await import('./report.ts');
  const { openFile } = await import('./open.ts');
  const { command } = manifest;
  const about = { command, claims: result.claims, ...(await wordsOf(result, labs)) };
  return `${t(await openFile(await writeReport(dir, { events, pcaps, about })))}\n`;
}

/** The lab's own words, where it is still here. */
async function wordsOf(
  { lab: name }: Summary,
  elsewhere: readonly Lab[],
): Promise<{ lab?: Pick<Lab, 'explanation' | 'sources'> }> {
  const known = (await labNames()).includes(name);
  // It may have been broken since: the run is shown without its words.
  const [ours] = known ? await loadLabs([name]).catch(() => []) : [];
  const lab = ours ?? elsewhere.find((one) => one.name === name);
  if (lab === undefined) return {};
  const { explanation, sources } = lab;
  return { lab: { explanation, sources } };
}
