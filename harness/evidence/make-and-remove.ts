import { existsSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes the first folder on the way to `dir` that is not there, and removes it: what access(2) says
 * is not what mkdir(2) does, in /proc for one (where `mkdir` with `recursive` never returns).
 */
export async function makeAndRemove(dir: string): Promise<void> {
  const parent = dirname(resolve(dir));
  if (!existsSync(parent)) return makeAndRemove(parent);
  await mkdir(dir);
  await rmdir(dir);
}
