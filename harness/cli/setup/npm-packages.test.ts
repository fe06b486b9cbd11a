import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packagesAreCurrent, stampPackages } from './npm-packages.mjs';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  await writeFile(join(root, 'package-lock.json'), '{}');
  await mkdir(join(root, 'node_modules'));
});
afterEach(() => rm(root, { recursive: true }));

test('current from the stamp on, until the lockfile changes', async () => {
  expect(packagesAreCurrent(root)).toBe(false);
  stampPackages(root);
  expect(packagesAreCurrent(root)).toBe(true);
  await appendFile(join(root, 'package-lock.json'), '\n');
  expect(packagesAreCurrent(root)).toBe(false);
});

test('deleted packages take their stamp with them', async () => {
  stampPackages(root);
  await rm(join(root, 'node_modules'), { recursive: true });
  expect(packagesAreCurrent(root)).toBe(false);
});
