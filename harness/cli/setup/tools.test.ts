import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findCommand, missingTools, searchFolders, TOOLS } from './tools.mjs';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function program(name: string): Promise<void> {
  await writeFile(join(dir, name), '#!/bin/sh\n');
  await chmod(join(dir, name), 0o755);
}

test("the administrator's folders are searched though PATH lacks them", () => {
  expect(searchFolders('/usr/bin::/bin')).toEqual([
    '/usr/bin',
    '/bin',
    '/usr/local/sbin',
    '/usr/sbin',
    '/sbin',
  ]);
  expect(searchFolders(undefined)).toContain('/usr/sbin');
});

test('what is missing, in the order of the list', async () => {
  expect(missingTools([dir])).toEqual(TOOLS);
  for (const tool of ['ss', 'nft', 'unshare']) await program(tool);
  expect(missingTools([dir])).toEqual(['ip', 'netstat', 'tcpdump', 'setpriv']);
});

test('a folder or a file that cannot be run is no command', async () => {
  await mkdir(join(dir, 'ip'));
  await writeFile(join(dir, 'ss'), '');
  expect(findCommand('ip', [dir])).toBeUndefined();
  expect(findCommand('ss', [dir])).toBeUndefined();
});

test("BusyBox's applets do not count", async () => {
  await program('busybox');
  for (const tool of TOOLS) await symlink('busybox', join(dir, tool));
  expect(missingTools([dir])).toEqual(TOOLS);
});
