import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { code } from '../../backend/bundle.ts';
import { PACKAGED } from '../../installation.ts';
import type { Cleaned } from './cleaned.ts';

/** A run of an earlier state of the sources may still be using its code; none lasts that long. */
const DAY = 24 * 3600 * 1000;

/** Removes the agents and programs that were bundled from earlier states of the sources. */
export async function removeOldCode(now = Date.now()): Promise<Cleaned> {
  // The package brings its own, and has no sources that change.
  if (PACKAGED) return { removed: [] };
  const { dir } = await code();
  const cache = dirname(dir);
  const removed: string[] = [];
  for (const name of await readdir(cache)) {
    const folder = join(cache, name);
    if (name === basename(dir) || now - (await stat(folder)).mtimeMs < DAY) continue;
    await rm(folder, { recursive: true, force: true });
    removed.push(`code of an earlier version: ${name}`);
  }
  return { removed };
}
