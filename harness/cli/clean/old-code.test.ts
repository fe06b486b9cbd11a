import { mkdir, readdir, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { code } from '../../backend/bundle.ts';
import { removeOldCode } from './old-code.ts';

test('removes code of earlier versions when nobody can be using it, never the present one', async () => {
  const { dir } = await code();
  const cache = dirname(dir);
  const [old, recent] = [
    join(cache, `test-old-${process.pid}`),
    join(cache, `test-new-${process.pid}`),
  ];
  for (const folder of [old, recent]) await mkdir(folder);
  const twoDaysAgo = new Date(Date.now() - 2 * 24 * 3600 * 1000);
  await utimes(old, twoDaysAgo, twoDaysAgo);
  const before = await stat(dir);
  try {
    await utimes(dir, twoDaysAgo, twoDaysAgo);
    const { removed } = await removeOldCode();
    expect(removed).toContain(`code of an earlier version: ${basename(old)}`);
    const left = await readdir(cache);
    expect(left).not.toContain(basename(old));
    expect(left).toContain(basename(recent));
    expect(left).toContain(basename(dir));
  } finally {
    await utimes(dir, before.atime, before.mtime);
    await removeOldCode(Date.now() + 3 * 24 * 3600 * 1000);
  }
});
