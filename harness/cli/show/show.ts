import { stat } from 'node:fs/promises';
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
import { explain, UsageError } from '../errors.ts';
import { EXIT, gravest, type ExitCode } from '../exit-codes.ts';
import { labsBy } from '../labs.ts';
import { typed } from '../../installation.ts';
import { t } from '../language.ts';
import { remark, tell } from '../process.ts';
import { told } from '../../told.ts';

/**
 * `show PATH...`: prints each stored run again as it was printed after the lab, its ladder with it;
 * with `--open` its report is opened instead. What is no folder is a capture from elsewhere. The exit
 * code says whether all could be read: how a run came out, its text says.
 */
export async function show(paths: readonly string[], flags: ShowFlags): Promise<ExitCode> {
  const detail = detailOf(flags);
  const codes: ExitCode[] = [];
  const { labs } = await labsBy(flags.lab);
  for (const path of paths) {
    try {
      codes.push(await showOne(path, flags, { labs, detail }));
    } catch (error) {
      // The other bundles are shown as well.
      const { code, text } = explain(error, t);
      remark(`lab: ${text}`);
      codes.push(code);
    }
  }
  return gravest(codes);
}

/** The labs beside ours that a run may be of, and how much is told of it. */
interface How {
  labs: readonly Lab[];
  detail: Detail;
}

async function showOne(path: string, { open, stream }: ShowFlags, how: How): Promise<ExitCode> {
  if (await isFile(path)) {
    if (open === true)
      throw new UsageError(
        told('{path} is a capture, which has no report: leave out --open', { path }),
      );
    const { showCapture } = await import('./show-capture.ts');
    return showCapture(path, stream);
  }
  if (stream !== undefined)
    throw new UsageError(told('--stream is for captures, and {path} is none', { path }));
  const bundle = await readBundle(path);
  if (open === true) tell(await opened(path, bundle, how.labs));
  else tell(...(await linesOf(path, bundle, how)));
  return EXIT.passed;
}

/** Whatever it is that is no folder; of what is not there a bundle is said to be missing. */
async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (about) => !about.isDirectory(),
    () => false,
  );
}

async function linesOf(
  bundle: string,
  { events, result }: Bundle,
  { labs, detail }: How,
): Promise<string[]> {
  const style = styleFor(process.stdout, process.env, t);
  if (detail === 'quiet') {
    const message = reasonInWords(historyOf(events), t);
    const { lab, status, took } = result;
    const line = { lab, status, took, bundle, ...(message === undefined ? {} : { message }) };
    return [renderLine(line, lab.length, style)];
  }
  const words = await wordsOf(result, labs);
  const isVerbose = detail === 'verbose';
  const about = { bundle, claims: result.claims, typed, isVerbose, ...words };
  return renderResult(events, about, style);
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
  return t(await openFile(await writeReport(dir, { events, pcaps, about })));
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
