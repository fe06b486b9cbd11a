import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claim, defaultFolder } from './folders.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('is named by lab and local time', () => {
  expect(defaultFolder('bind', new Date(2026, 0, 2, 3, 4, 5))).toBe('runs/bind-20260102-030405');
});

test('claims in the same second do not meet', async () => {
  const folder = join(dir, 'runs', 'bind');
  const claimed = await Promise.all([claim(folder), claim(folder), claim(folder)]);
  expect(claimed.map((path) => basename(path)).sort()).toEqual(['bind', 'bind-2', 'bind-3']);
  expect((await readdir(join(dir, 'runs'))).sort()).toEqual(['bind', 'bind-2', 'bind-3']);
});
