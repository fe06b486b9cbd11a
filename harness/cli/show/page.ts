import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pMemoize from 'p-memoize';
import { built } from '../../build/built.mjs';
import { DIST, PACKAGED } from '../../installation.ts';
import type { Built } from '../../present/page/html.ts';

/** Script and style of the report, as their sources are now; the npm package brings them. */
export const page = pMemoize(async (): Promise<Built> => {
  if (PACKAGED) return read(join(DIST, 'page'));
  try {
    return await read(await built('page'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EROFS') throw error;
    return builtForOnce();
  }
});

async function read(dir: string): Promise<Built> {
  const [script, style] = await Promise.all(
    ['page.js', 'page.css'].map((file) => readFile(join(dir, file), 'utf8')),
  );
  return { script: script ?? '', style: style ?? '' };
}

/** Where nothing may be written: an ordinary user in somebody else's checkout. */
async function builtForOnce(): Promise<Built> {
  const { compile } = await import('../../build/compile.mjs');
  const dir = await mkdtemp(join(tmpdir(), 'socket-lab-page-'));
  try {
    await compile('page', dir);
    return await read(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}
