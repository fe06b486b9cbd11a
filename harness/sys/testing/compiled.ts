import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { compile } from '../../build/compile.mjs';
import { ROOT } from '../../installation.ts';

/** A folder, below node_modules so that `koffi` is found, that goes when it is disposed of. */
export async function scratchFolder(): Promise<AsyncDisposable & { path: string }> {
  const cache = join(ROOT, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const path = await mkdtemp(join(cache, 'socket-lab-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

/** Compiles a program as hosts run it; returns the file. */
export async function compiled(source: string, folder: string): Promise<string> {
  const name = basename(source, '.ts');
  await compile('host', folder, { options: { entryPoints: [{ in: source, out: name }] } });
  return join(folder, `${name}.cjs`);
}
