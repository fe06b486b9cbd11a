// @ts-check
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const CACHE = join(ROOT, 'node_modules/.cache/socket-lab-cli');

/**
 * What the last build was made of.
 * @typedef {object} Stamp
 * @property {string} main file to import
 * @property {Record<string, string>} sources by path below ROOT, as `stateOf` says
 * @property {string[]} labs file names in `labs/`: a new one is no part of any source yet
 */

export const STAMP = join(CACHE, 'stamp.json');

/** The last build's main file, if nothing that it was made of has changed since. */
export function builtMain() {
  const stamp = readStamp();
  if (stamp === undefined || !existsSync(stamp.main)) return undefined;
  const same =
    labFiles().join() === stamp.labs.join() &&
    Object.entries(stamp.sources).every(([file, state]) => stateOf(file) === state);
  return same ? stamp.main : undefined;
}

/** @returns {Stamp | undefined} */
export function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Size and time of the last change of any kind (stat(2) st_ctim): content cannot change without it.
 * @param {string} file below ROOT
 */
export function stateOf(file) {
  const stat = statSync(join(ROOT, file), { throwIfNoEntry: false });
  return stat === undefined ? 'gone' : `${stat.size} ${stat.ctimeMs}`;
}

export function labFiles() {
  return readdirSync(join(ROOT, 'labs'))
    .filter((file) => file.endsWith('.ts'))
    .sort();
}
