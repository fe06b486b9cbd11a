import { readBundle, type Bundle } from '../../evidence/bundle.ts';
import type { Summary } from '../../evidence/summary.ts';
import { labNames, loadLabs } from '../../catalogue/catalogue.ts';
import { styleFor } from '../../present/terminal/style.ts';
import { renderLine } from '../../present/terminal/overview-text.ts';
import { renderResult, type LabWords } from '../../present/terminal/text.ts';
import { historyOf } from '../../history/history.ts';
import { reasonInWords } from '../../words/verdicts.ts';
import { detailOf, type Detail } from '../detail.ts';
import type { Lab } from '../../vocabulary/define.ts';
import type { ShowFlags } from '../command-line.ts';
import { explain } from '../errors.ts';
import { EXIT, gravest, type ExitCode } from '../exit-codes.ts';
import { labsBy } from '../labs.ts';
import { typed } from '../../installation.ts';
import { t } from '../language.ts';
import { linesToText } from '../process.ts';

/**
 * `show DIR...`: prints each stored run again as it was printed after the lab, its ladder with it;
 * with `--open` its report is opened instead. The exit code says whether all could be read: how a run
 * came out, its text says.
 */
export async function show(dirs: readonly string[], flags: ShowFlags): Promise<ExitCode> {
  const detail = detailOf(flags);
  const codes: ExitCode[] = [];
  const { labs } = await labsBy(flags.lab);
  for (const dir of dirs) {
    try {
      const bundle = await readBundle(dir);
      const text =
        flags.open === true
          ? await opened(dir, bundle, labs)
          : await textOf(dir, bundle, labs, detail);
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
  detail: Detail,
): Promise<string> {
  const style = styleFor(process.stdout, process.env, t);
  if (detail === 'quiet') {
    const message = reasonInWords(historyOf(events), t);
    const { lab, status, took } = result;
    const line = { lab, status, took, bundle, ...(message === undefined ? {} : { message }) };
    return linesToText([renderLine(line, lab.length, style)]);
  }
  const words = await wordsOf(result, labs);
  const isVerbose = detail === 'verbose';
  const about = { bundle, claims: result.claims, typed, isVerbose, ...words };
  return linesToText(renderResult(events, about, style));
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
): Promise<{ lab?: LabWords }> {
  const known = (await labNames()).includes(name);
  // It may have been broken since: the run is shown without its words.
  const [ours] = known ? await loadLabs([name]).catch(() => []) : [];
  const lab = ours ?? elsewhere.find((one) => one.name === name);
  return lab === undefined ? {} : { lab };
}
