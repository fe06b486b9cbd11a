import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { SourceMap } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lab } from '../vocabulary/define.ts';
import { CatalogueError, labFrom } from './load.ts';
import { lineOnStack, mapBeside } from './source.ts';

export { CatalogueError };

/** The folder of our own. */
export const LABS = fileURLToPath(new URL('../../labs/', import.meta.url));

/** Labs, and what should have been one and cannot be loaded: it breaks nothing but itself. */
export interface Loaded {
  labs: Lab[];
  broken: CatalogueError[];
}

/** Names of all labs, by their files, as they come in the alphabet: none is loaded. */
export async function labNames(folder = LABS): Promise<string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => basename(file, '.ts'))
    .sort();
}

/**
 * Loads these labs.
 * @throws CatalogueError for the first that cannot be
 */
export function loadLabs(names: readonly string[], read: Read = ours): Promise<Lab[]> {
  return Promise.all(names.map((name) => load(name, read)));
}

/** All labs, in the order in which a student should meet them. */
export async function loadAll(read: Read = ours, folder = LABS): Promise<Loaded> {
  const names = await labNames(folder);
  const { labs, broken } = await settle(names.map((name) => load(name, read)));
  return { labs: inReadingOrder(labs), broken };
}

/** Those of these that can be loaded, and the others. */
export async function settle(loading: readonly Promise<Lab>[]): Promise<Loaded> {
  const labs: Lab[] = [];
  const broken: CatalogueError[] = [];
  for (const one of await Promise.allSettled(loading)) {
    if (one.status === 'fulfilled') labs.push(one.value);
    else if (one.reason instanceof CatalogueError) broken.push(one.reason);
    else throw one.reason as Error;
  }
  return { labs, broken };
}

/**
 * The order in which to read labs: each names its `next`. A lab that is named by none, and names none,
 * comes after these, by name; so a new file is all that a new lab needs. What a section has stands
 * together.
 */
export function inReadingOrder(labs: readonly Lab[]): Lab[] {
  const byName = new Map(labs.map((lab) => [lab.name, lab]));
  const named = new Set(labs.map(({ next }) => next));
  const sorted = labs.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const chains = sorted
    .filter(({ name }) => !named.has(name))
    .map((first) => chainFrom(first, byName));
  // Where a lab on the way cannot be loaded, what leads to it comes before what it leads to.
  const rank = (chain: readonly Lab[]): number => {
    const { next } = chain.at(-1) ?? {};
    if (next !== undefined && !byName.has(next)) return 0;
    return chain.length > 1 ? 1 : 2;
  };
  const inTurn = chains.toSorted((a, b) => rank(a) - rank(b)).flat();
  // Labs that lead to each other in a circle are in no chain.
  const ordered = [...new Set([...inTurn, ...sorted])];
  const sections = [...new Set(ordered.map(({ section }) => section))];
  return sections.flatMap((section) => ordered.filter((lab) => lab.section === section));
}

function chainFrom(first: Lab, byName: ReadonlyMap<string, Lab>): Lab[] {
  const chain: Lab[] = [];
  let lab: Lab | undefined = first;
  while (lab !== undefined && !chain.includes(lab)) {
    chain.push(lab);
    lab = byName.get(lab.next ?? '');
  }
  return chain;
}

type Read = (name: string) => Promise<object>;

/** Written so that a bundler sees which files these may be. */
const ours: Read = async (name) => {
  const module = (await import(`../../labs/${name}.ts`)) as object;
  // What is built brings its source's hash: what lies on disk may have changed since.
  return 'sourceHash' in module ? module : { ...module, sourceHash: await hashOf(name) };
};

function load(name: string, read: Read): Promise<Lab> {
  const file = `labs/${name}.ts`;
  // As it is, or built (harness/build/compile.mjs).
  const paths = new RegExp(`[^\\s(]*[/\\\\](?:labs[/\\\\]${name}\\.ts|${name}-\\w+\\.mjs)`);
  let map: SourceMap | undefined;
  const lineOf = (stack: string): number | undefined =>
    lineOnStack(stack, file, paths, (built) => (map ??= mapBeside(built)));
  return labFrom(name, { file, path: join(LABS, `${name}.ts`), lineOf }, () => read(name));
}

async function hashOf(name: string): Promise<string> {
  const source = await readFile(join(LABS, `${name}.ts`));
  return createHash('sha256').update(source).digest('hex');
}
