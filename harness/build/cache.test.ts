import { mkdir, readdir, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { built } from './built.mjs';
import { CACHE, removeOld } from './cache.mjs';

const DAY = 24 * 3600 * 1000;

test('removes earlier builds when nobody can be using them, never the last of a kind', async () => {
  const dir = await built('host');
  const [old, recent] = [`test-old-${process.pid}`, `test-new-${process.pid}`];
  for (const name of [old, recent]) await mkdir(join(CACHE, name));
  const twoDaysAgo = new Date(Date.now() - 2 * DAY);
  await utimes(join(CACHE, old), twoDaysAgo, twoDaysAgo);
  const before = await stat(dir);
  try {
    await utimes(dir, twoDaysAgo, twoDaysAgo);
    expect(await removeOld()).toContain(old);
    const left = await readdir(CACHE);
    expect(left).not.toContain(old);
    expect(left).toContain(recent);
    expect(left).toContain(basename(dir));
    expect(await built('host')).toBe(dir);
  } finally {
    await utimes(dir, before.atime, before.mtime);
    await removeOld(Date.now() + 3 * DAY);
  }
});
