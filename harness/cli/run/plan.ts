import { dirname, join } from 'node:path';
import { selectBackend, WANTED, type Selection, type Wanted } from '../../backend/select.ts';
import { loadAll, type CatalogueError, type Loaded } from '../../catalogue/catalogue.ts';
import { differencesOf } from '../../catalogue/claims.ts';
import type { Difference } from '../../evidence/summary.ts';
import { CALLED, version } from '../../installation.ts';
import type { Lab } from '../../vocabulary/define.ts';
import type { RunFlags } from '../command-line.ts';
import { detailOf, type Detail } from '../detail.ts';
import { isFolder, labsBy } from '../labs.ts';
import { UsageError } from '../errors.ts';
import { checkDefault, defaultFolder } from './folders.ts';
import type { Reporting } from './reporting.ts';
import { checkTools } from './tools.ts';
import { walkingOf, type Walking } from './walk/allowed.ts';
import { told } from '../../told.ts';

/** A lab to run and where its bundle goes. */
export interface PlannedRun {
  lab: Lab;
  folder: string;
  /** The folder is ours to name: another one beside it will do as well. */
  ownName: boolean;
  /** Where documents say otherwise than the lab shows. */
  claims: Difference[];
}

/** All that a run needs, checked: nothing has been started, and nothing wrong is left to find. */
export interface Plan extends Selection {
  runs: PlannedRun[];
  /** What `--all` would have run, too, and cannot be loaded. */
  broken: CatalogueError[];
  jobs: number;
  slow: boolean;
  json: boolean;
  reporters: Reporting[];
  tell: Detail;
  /** The ladder is drawn while the lab runs. */
  watch: boolean;
  /** What was typed. */
  command: string[];
  version: string;
  /** Somebody walks through the one lab. */
  walking?: Walking;
}

/** A plan for labs whose hosts nothing on this machine may be able to make. */
export type Planned = Omit<Plan, keyof Selection>;

/** A plan, and what is to make its hosts: or why nothing on this machine can. */
export interface Prepared {
  planned: Planned;
  wanted: Wanted;
  selection: Selection | Error;
}

type Environment = NodeJS.ProcessEnv;

/** @throws UsageError, BundleError or CatalogueError: a line each */
export async function plan(names: string[], flags: RunFlags, env: Environment): Promise<Prepared> {
  const { labs, broken } = await choose(names, flags.all === true);
  if (flags.watch === true && labs.length > 1) {
    const params = { n: labs.length };
    throw new UsageError(told('--watch draws one lab at a time, not {n}: name one', params));
  }
  const { wanted, asker } = wantedBackend(flags.backend, env);
  const folders = foldersFor(labs, flags.out, new Date());
  await (flags.out === undefined ? checkDefault() : checkGiven(flags.out));
  const reporters = await reportersFor(flags, env);
  const walking = walkingOf(flags, labs, process);
  if (walking?.answers !== undefined) await checkAnswersFile(walking.answers);
  const selection = await usable(wanted, env, asker).catch((error: unknown) => error as Error);
  const planned: Planned = {
    runs: labs.map((lab, i) => ({
      lab,
      folder: folders[i] ?? '',
      ownName: flags.out === undefined,
      claims: differencesOf(lab.name, lab.source && dirname(lab.source.path)),
    })),
    broken,
    jobs: flags.jobs,
    slow: flags.slow === true,
    json: flags.json === true,
    reporters,
    command: [...CALLED, ...process.argv.slice(2)],
    tell: detailOf(flags),
    watch: flags.watch === true,
    version: version(),
    ...(walking && { walking }),
  };
  return { planned, wanted, selection };
}

async function usable(wanted: Wanted, env: Environment, asker: string): Promise<Selection> {
  const selection = await selectBackend(wanted, env, asker);
  if (selection.backend.name === 'netns') checkTools(process.platform, env['PATH']);
  return selection;
}

async function reportersFor({ reporter, json }: RunFlags, env: Environment): Promise<Reporting[]> {
  if (reporter.length === 0) return [];
  const { checkReportings, reportings } = await import('./reporting.ts');
  const wanted = reportings(reporter, json === true);
  await checkReportings(wanted, env);
  return wanted;
}

/** The named labs, each once; or all, of a folder if one is given. */
async function choose(words: string[], all: boolean): Promise<Loaded> {
  if (!all) return labsBy(words);
  if (words.length === 0) return loadAll();
  const other = words.filter((word) => !isFolder(word));
  if (other.length > 0)
    throw new UsageError(told('--all runs every lab: leave out {labs}', { labs: other.join(' ') }));
  return labsBy(words);
}

function wantedBackend(
  option: Wanted | undefined,
  env: Environment,
): { wanted: Wanted; asker: string } {
  const variable = env['SOCKET_LAB_BACKEND'] ?? '';
  if (option !== undefined) return { wanted: option, asker: '--backend' };
  if (variable === '') return { wanted: 'auto', asker: '' };
  const wanted = WANTED.find((name) => name === variable);
  if (wanted === undefined) {
    const params = { name: variable, backends: WANTED.join(', ') };
    throw new UsageError(told("SOCKET_LAB_BACKEND is '{name}'; it is one of: {backends}", params));
  }
  return { wanted, asker: 'SOCKET_LAB_BACKEND' };
}

function foldersFor(labs: readonly Lab[], out: string | undefined, now: Date): string[] {
  if (out === undefined) return labs.map(({ name }) => defaultFolder(name, now));
  return labs.length === 1 ? [out] : labs.map(({ name }) => join(out, name));
}

async function checkAnswersFile(file: string): Promise<void> {
  const { checkAnswers } = await import('./walk/answers-file.ts');
  await checkAnswers(file);
}

async function checkGiven(out: string): Promise<void> {
  const { checkWritable } = await import('../../evidence/bundle.ts');
  await checkWritable(out);
}
