// @ts-check
// The cache of what is built: for each kind a stamp that says where its build is and what it was made
// of, and a folder for every build. Whoever runs from a build is not disturbed by the next one.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const CACHE = join(ROOT, 'node_modules/.cache/socket-lab');

/**
 * What is built: the command line with all labs; what runs inside hosts; the page of a report.
 * @typedef {'command' | 'host' | 'page'} Kind
 */

/**
 * Folders of which every file is part of the build: a new one is not among its sources yet.
 * @type {Record<Kind, readonly string[]>}
 */
const FOLDERS = { command: ['labs'], host: ['servers', 'clients'], page: [] };

/** How it is built, and with which packages, counts as much as what. */
export const BUILDERS = [
  'harness/build/compile.mjs',
  'harness/build/cache.mjs',
  'package-lock.json',
];

/** Milliseconds after which nobody runs from an earlier build any more. */
const DAY = 24 * 3600 * 1000;

/**
 * What a build was made of.
 * @typedef {object} Stamp
 * @property {string} dir its folder
 * @property {Record<string, string>} sources by path below ROOT, as `stateOf` says
 * @property {string[]} parts what was in its folders
 */

/**
 * The build of this kind, if nothing that it was made of has changed since.
 * @param {Kind} kind
 * @returns {string | undefined} its folder
 */
export function current(kind) {
  const stamp = readStamp(kind);
  if (stamp === undefined || !existsSync(stamp.dir)) return undefined;
  const same =
    partsOf(kind).join() === stamp.parts.join() &&
    Object.entries(stamp.sources).every(([file, state]) => stateOf(file) === state);
  return same ? stamp.dir : undefined;
}

/**
 * Size and time of the last change of any kind (stat(2) st_ctim): content cannot change without it.
 * @param {string} file below ROOT
 */
export function stateOf(file) {
  const stat = statSync(join(ROOT, file), { throwIfNoEntry: false });
  return stat === undefined ? 'gone' : `${stat.size} ${stat.ctimeMs}`;
}

/** A lab or a program may be any file in its folder, but these are none. */
export const NO_PART = /\.(test|fixture)\.ts$/;

/**
 * What of a folder is part of a build, tests left out; paths below ROOT.
 * @param {string} folder
 */
export const partsIn = (folder) =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith('.ts') && !NO_PART.test(file))
    .map((file) => `${folder}/${file}`)
    .sort();

/** @param {Kind} kind */
export const partsOf = (kind) => FOLDERS[kind].flatMap(partsIn);

/**
 * Makes a build the one of its kind: whole or not at all, also when two are made at once.
 * @param {Kind} kind
 * @param {Stamp} stamp
 */
export async function stampBuild(kind, stamp) {
  const temporary = `${stampFile(kind)}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(stamp));
  await rename(temporary, stampFile(kind));
}

/**
 * Removes what has been replaced, or was never finished, when nobody can be using it any more. The
 * last build of each kind is kept, however old: somebody may just have started from it.
 * @returns {Promise<string[]>} the names of what was removed
 */
export async function removeOld(now = Date.now()) {
  await mkdir(CACHE, { recursive: true });
  const last = KINDS.flatMap((kind) => [stampFile(kind), readStamp(kind)?.dir ?? '']);
  const removed = [];
  for (const name of await readdir(CACHE)) {
    const path = join(CACHE, name);
    // Another start may have taken it away meanwhile, or given it its name.
    const about = await stat(path).catch(() => undefined);
    if (about === undefined || last.includes(path) || now - about.mtimeMs < DAY) continue;
    await rm(path, { recursive: true, force: true });
    removed.push(basename(path));
  }
  return removed;
}

const KINDS = /** @type {Kind[]} */ (Object.keys(FOLDERS));

/** @param {Kind} kind */
const stampFile = (kind) => join(CACHE, `${kind}.json`);

/**
 * @param {Kind} kind
 * @returns {Stamp | undefined}
 */
function readStamp(kind) {
  try {
    return JSON.parse(readFileSync(stampFile(kind), 'utf8'));
  } catch {
    return undefined;
  }
}
