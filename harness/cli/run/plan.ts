import { join } from 'node:path';
import { selectBackend, WANTED, type Selection, type Wanted } from '../../backend/select.ts';
import { labNames, loadLabs } from '../../catalogue/catalogue.ts';
import { CALLED, typed, version } from '../../installation.ts';
import type { Lab } from '../../vocabulary/define.ts';
import { COMMANDS, type RunFlags } from '../command-line.ts';
import { detailOf, type Detail } from '../detail.ts';
import { nearest } from '../nearest.ts';
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
}

/** All that a run needs, checked: nothing has been started, and nothing wrong is left to find. */
export interface Plan extends Selection {
  runs: PlannedRun[];
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
  const chosen = await choose(names, flags.all === true);
  if (flags.watch === true && chosen.length > 1) {
    const params = { n: chosen.length };
    throw new UsageError(told('--watch draws one lab at a time, not {n}: name one', params));
  }
  const { wanted, asker } = wantedBackend(flags.backend, env);
  const folders = foldersFor(chosen, flags.out, new Date());
  await (flags.out === undefined ? checkDefault() : checkGiven(flags.out));
  const reporters = await reportersFor(flags, env);
  const [labs, selection] = await Promise.all([
    loadLabs(chosen),
    usable(wanted, env, asker).catch((error: unknown) => error as Error),
  ]);
  const walking = walkingOf(flags, labs, process);
  const planned: Planned = {
    runs: labs.map((lab, i) => ({
      lab,
      folder: folders[i] ?? '',
      ownName: flags.out === undefined,
    })),
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

/** The named labs, each once, or all. */
async function choose(names: string[], all: boolean): Promise<string[]> {
  const known = await labNames();
  if (all && names.length > 0)
    throw new UsageError(told('--all runs every lab: leave out {labs}', { labs: names.join(' ') }));
  if (all) return known;
  for (const name of names) {
    if (known.includes(name)) continue;
    const meant = nearest(name, [...known, ...COMMANDS]);
    throw new UsageError(
      meant === undefined
        ? told("unknown lab '{name}'; all are listed by: {command}", {
            ...{ name, command: typed('list') },
          })
        : told("unknown lab '{name}'; did you mean '{other}'?", { name, other: meant }),
    );
  }
  return [...new Set(names)];
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

function foldersFor(labs: readonly string[], out: string | undefined, now: Date): string[] {
  if (out === undefined) return labs.map((lab) => defaultFolder(lab, now));
  return labs.length === 1 ? [out] : labs.map((lab) => join(out, lab));
}

async function checkGiven(out: string): Promise<void> {
  const { checkWritable } = await import('../../evidence/bundle.ts');
  await checkWritable(out);
}
