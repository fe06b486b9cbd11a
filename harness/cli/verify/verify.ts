import { archiveOf } from '../../evidence/archive.ts';
import { BundleError, bundlesAt } from '../../evidence/bundle.ts';
import { EvidenceError } from '../../evidence/manifest.ts';
import { loadAll, type Loaded } from '../../catalogue/catalogue.ts';
import { LabChangedError, LabUnknownError, verify } from '../../run/verify.ts';
import type { VerifyFlags } from '../command-line.ts';
import { explain } from '../errors.ts';
import { EXIT, gravest, type ExitCode } from '../exit-codes.ts';
import { t } from '../language.ts';
import { handOver, tell } from '../process.ts';
import { jsonText } from '../../present/visible.ts';
import { labsBy } from '../labs.ts';
import { typed, version } from '../../installation.ts';
import { told, inEnglish, type Told } from '../../told.ts';

/** What comes of a bundle, and what the command then exits with. */
const OUTCOMES = {
  passed: EXIT.passed,
  failed: EXIT.failed,
  broken: EXIT.unable,
  interrupted: EXIT.interrupted,
  'lab changed': EXIT.labChanged,
  'lab unknown': EXIT.labChanged,
  refused: EXIT.refused,
} as const satisfies Record<string, ExitCode>;
type Outcome = keyof typeof OUTCOMES;

/** What came of one bundle, as `--json` prints it. */
interface Judged {
  bundle: string;
  outcome: Outcome;
  /** Without a reason: how the run ended, and what was replayed. */
  lab?: string;
  events?: number;
  verdicts?: number;
  /** Recorded with another version of its lab, or of the harness, than judges it now. */
  changed?: boolean;
  /** Why it is refused, or what today's lab says otherwise. */
  reason?: string;
}

/** And for people: a line. */
interface Line extends Judged {
  line: string;
}

/**
 * `verify PATH... [--lab FILE]...`: each bundle, and each in a folder, is as it was written, its witnesses agree, and
 * the labs as they are now come to the verdicts that are in it. The exit code is the gravest.
 */
export async function verifyBundles(
  paths: readonly string[],
  { json, lab }: VerifyFlags,
): Promise<ExitCode> {
  const dirs = await bundlesIn(paths);
  const loaded = await labsToJudge(lab);
  const outcomes: Outcome[] = [];
  // One after the other: bundles are large.
  for (const dir of dirs) {
    const { line, ...judged } = await judge(dir, loaded);
    if (json === true) handOver(`${jsonText(judged)}\n`);
    else tell(line);
    outcomes.push(judged.outcome);
  }
  if (dirs.length > 1 && json !== true) tell(summaryOf(outcomes));
  return gravest(outcomes.map((outcome) => OUTCOMES[outcome]));
}

/**
 * What is no bundle among the named is passed over: `runs/*` names whatever lies there.
 * @throws BundleError when none is left, and for a name of nothing
 */
async function bundlesIn(paths: readonly string[]): Promise<string[]> {
  const found = [];
  for (const path of paths) found.push(...(await bundlesAt(path)));
  if (found.length > 0) return found;
  for (const path of paths) {
    const archive = await archiveOf(path);
    if (archive !== undefined) throw new BundleError(told('{path}: {why}', { path, why: archive }));
  }
  const text = 'no bundle in {paths}: name the folder of a bundle, or a folder that holds some';
  throw new BundleError(told(text, { paths: paths.join(' ') }));
}

/** Ours, and those that somebody trusts: a bundle names a file, too, but it may be anybody's. */
async function labsToJudge(elsewhere: readonly string[]): Promise<Loaded> {
  const ours = await loadAll();
  const { labs, broken } = await labsBy(elsewhere, () => true);
  return { labs: [...ours.labs, ...labs], broken: [...ours.broken, ...broken] };
}

async function judge(dir: string, { labs, broken }: Loaded): Promise<Line> {
  try {
    const whyNone = (name: string, file?: string): Told | undefined =>
      broken.find(({ lab }) => lab === name)?.told ?? unknown(dir, name, file);
    const how = { harness: version(), whyNone };
    const { summary, changed, events, verdicts } = await verify(dir, labs, how);
    const { lab, status: outcome } = summary;
    const params = { dir, lab, what: told(outcome), events, verdicts };
    const line = changed
      ? t(
          "{dir}: the lab has changed since; judged by today's lab: {lab} {what}; replayed {events} events, the same {verdicts} verdicts",
          params,
        )
      : t('{dir}: {lab} {what}; replayed {events} events, the same {verdicts} verdicts', params);
    return { bundle: dir, outcome, lab, events, verdicts, changed, line };
  } catch (error) {
    // The other bundles are judged as well.
    const line = explain(error, t).text;
    if (error instanceof EvidenceError)
      return { bundle: dir, outcome: 'refused', reason: inEnglish(error.reason), line };
    if (error instanceof LabChangedError)
      return { bundle: dir, outcome: 'lab changed', reason: inEnglish(error.reason), line };
    if (error instanceof LabUnknownError)
      return { bundle: dir, outcome: 'lab unknown', reason: inEnglish(error.reason), line };
    throw error;
  }
}

/** For a shell: what a bundle says may be anything. */
const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

/** A run that was broken off before it expected anything does not say in which file its lab stood. */
function unknown(dir: string, name: string, file: string | undefined): Told {
  const where = file === undefined || file === `labs/${name}.ts` ? undefined : file;
  const command = typed(
    `verify ${quoted(dir)} --lab ${where === undefined ? 'FILE' : quoted(where)}`,
  );
  return where === undefined
    ? told("the lab '{name}' is not known here; name its file, if you trust it: {command}", {
        ...{ name, command },
      })
    : told(
        "the lab '{name}' is not known here; it was in {file}. If you trust that file: {command}",
        { name, file: where, command },
      );
}

/** `3 bundles: 2 passed, 1 refused`. */
function summaryOf(outcomes: readonly Outcome[]): string {
  const words = Object.keys(OUTCOMES) as Outcome[];
  const counts = words.flatMap((what) => {
    const n = outcomes.filter((one) => one === what).length;
    return n === 0 ? [] : [t('{n} {what}', { n, what: told(what) })];
  });
  return t('{n} bundles: {list}', { n: outcomes.length, list: counts.join(', ') });
}
