import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packagesAreCurrent, stampPackages } from './npm-packages.mjs';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  await cp(import.meta.dirname, join(root, 'harness/cli/setup'), { recursive: true });
  await mkdir(join(root, 'node_modules'));
  await writeFile(join(root, 'package-lock.json'), '{}');
  await project('>=20.20');
});
afterEach(() => rm(root, { recursive: true }));

const project = (node: string) =>
  writeFile(join(root, 'package.json'), JSON.stringify({ engines: { node } }));

const setup = () =>
  execa(process.execPath, [join(root, 'harness/cli/setup/setup.mjs')], { cwd: '/', reject: false });

test('with nothing to do it says so and changes nothing', async () => {
  stampPackages(root);
  const before = await readdir(root, { recursive: true });
  const { exitCode, stdout, stderr } = await setup();
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toEqual([
    'packages  as in package-lock.json',
    'tools     ip ss netstat tcpdump nft setpriv unshare',
    'ready     npm run lab -- time-wait',
  ]);
  expect(exitCode).toBe(0);
  expect(await readdir(root, { recursive: true })).toEqual(before);
});

test('an old Node.js: one line, exit 3, nothing installed', async () => {
  await project('>=99.1');
  const { exitCode, stdout, stderr } = await setup();
  expect(stderr).toBe(
    `setup: Node.js ${process.versions.node} is too old: 99.1 or later is needed`,
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(await readdir(join(root, 'node_modules'))).toEqual([]);
});

test('packages that cannot be installed: exit 3 and no stamp', async () => {
  await writeFile(join(root, 'package-lock.json'), 'no JSON');
  const { exitCode, stderr } = await setup();
  expect(stderr).toMatch(/setup: npm ci failed; its message is above$/);
  expect(exitCode).toBe(3);
  expect(packagesAreCurrent(root)).toBe(false);
});
