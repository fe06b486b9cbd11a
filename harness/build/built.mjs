// @ts-check
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  BUILDERS,
  CACHE,
  current,
  partsOf,
  removeOld,
  ROOT,
  stampBuild,
  stateOf,
} from './cache.mjs';

/**
 * The folder that holds this kind, built of the sources as they are: built now if they have changed.
 * @param {import('./cache.mjs').Kind} kind
 * @returns {Promise<string>}
 */
export const built = async (kind) => current(kind) ?? (await make(kind));

/** @param {import('./cache.mjs').Kind} kind */
async function make(kind) {
  const { compile } = await import('./compile.mjs');
  await removeOld();
  const dir = join(CACHE, `${kind}-${randomBytes(6).toString('hex')}`);
  const parts = partsOf(kind);
  const sources = Object.fromEntries(BUILDERS.map((file) => [file, stateOf(file)]));
  await compile(kind, dir, {
    urlOf: (file) => JSON.stringify(pathToFileURL(join(ROOT, file)).href),
    // Before it is read: if it changes meanwhile, the next one who asks finds that out.
    onRead: (file) => {
      sources[file] = stateOf(file);
    },
    despiteLabs: true,
  });
  await stampBuild(kind, { dir, sources, parts });
  return dir;
}
