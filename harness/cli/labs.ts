import { existsSync, statSync } from 'node:fs';
import { labNames, loadAll, loadLabs, type Loaded } from '../catalogue/catalogue.ts';
import { CatalogueError } from '../catalogue/load.ts';
import type { Lab } from '../vocabulary/define.ts';
import { told } from '../told.ts';
import { COMMANDS } from './command-line.ts';
import { explain, UsageError } from './errors.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { t } from './language.ts';
import { typed } from '../installation.ts';
import { nearest } from '../nearest.ts';
import { remark } from './process.ts';

/** A file's name that may be a lab's. */
export const isLabFile = (name: string): boolean => /\.[cm]?[jt]s$/.test(name);

/** A word that is the path of a lab's file, or of a folder of labs, and not a lab's name. */
export const isPath = (word: string): boolean => /[/\\]|^\.{1,2}$/.test(word) || isLabFile(word);

export const isFolder = (word: string): boolean =>
  isPath(word) && statSync(word, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * The labs that these words ask for, each once: by its name, by its file, or all that are in a folder.
 * What else lies in a folder and cannot be loaded is `broken`.
 * @param named whether a word is a path
 * @throws UsageError for a name of none, CatalogueError for a file of none, and for two of one name
 */
export async function labsBy(words: readonly string[], named = isPath): Promise<Loaded> {
  const names = words.filter((word) => !named(word));
  await checkNames(names);
  const found = await Promise.all(
    words.map(async (word) =>
      named(word)
        ? (await import('../catalogue/elsewhere.ts')).labsAt(word)
        : { labs: await loadLabs([word]), broken: [] },
    ),
  );
  return {
    labs: distinct(found.flatMap(({ labs }) => labs)),
    broken: found.flatMap((one) => one.broken),
  };
}

/** Each once. Runs, bundles and reports are told apart by the lab's name. */
function distinct(labs: readonly Lab[]): Lab[] {
  const byName = new Map<string, Lab>();
  for (const lab of labs) {
    const other = byName.get(lab.name);
    const { name, source } = lab;
    if (other !== undefined && other.source?.path !== source?.path) {
      const params = { name, other: other.source?.file ?? '' };
      const reason = told("there is another lab '{name}', in {other}; run them one by one", params);
      throw new CatalogueError({ file: source?.file ?? '', lab: name, reason });
    }
    byName.set(name, lab);
  }
  return [...byName.values()];
}

async function checkNames(names: readonly string[]): Promise<void> {
  const known = await labNames();
  for (const name of names) {
    if (known.includes(name)) continue;
    const place = existsSync(name) ? `./${name}` : undefined;
    const meant = place ?? nearest(name, [...known, ...COMMANDS]);
    throw new UsageError(
      meant === undefined
        ? told("unknown lab '{name}'; all are listed by: {command}", {
            ...{ name, command: typed('list') },
          })
        : told("unknown lab '{name}'; did you mean '{other}'?", { name, other: meant }),
    );
  }
}

/**
 * All labs of ours, in reading order, or those that words ask for. One that cannot be loaded is named on
 * stderr, and the others are here.
 */
export async function labsToTell(
  words: readonly string[] = [],
): Promise<{ labs: Lab[]; code: ExitCode }> {
  const { labs, broken } = words.length === 0 ? await loadAll() : await labsBy(words);
  return { labs, code: nameBroken(broken) };
}

/** A line each; and what the command then exits with, if nothing graver comes. */
export function nameBroken(broken: readonly CatalogueError[]): ExitCode {
  for (const error of broken) remark(`lab: ${explain(error, t).text}`);
  return broken.length === 0 ? EXIT.passed : EXIT.usage;
}
