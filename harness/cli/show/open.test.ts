import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFile } from './open.ts';
import { inEnglish } from '../../told.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterEach(() => rm(dir, { recursive: true }));

const on = (platform: NodeJS.Platform): NodeJS.Process => ({
  ...process,
  platform,
  env: { ...process.env, PATH: dir },
});

test.each([
  ['linux', 'xdg-open'],
  ['darwin', 'open'],
] as const)('on %s with %s', async (platform, program) => {
  await writeFile(join(dir, program), `#!/bin/sh\necho "$1" > ${dir}/opened\n`);
  await chmod(join(dir, program), 0o755);
  expect(inEnglish(await openFile(join(dir, 'report.html'), on(platform)))).toBe(
    join(dir, 'report.html'),
  );
  expect(await readFile(join(dir, 'opened'), 'utf8')).toBe(`${join(dir, 'report.html')}\n`);
});

test('says where the file is when nothing can open it', async () => {
  expect(inEnglish(await openFile('/x/report.html', on('linux')))).toBe(
    '/x/report.html: open it in a browser (no xdg-open here)',
  );
});

test('says what went wrong with what should have opened it', async () => {
  await writeFile(join(dir, 'xdg-open'), '#!/bin/sh\nexit 3\n');
  await chmod(join(dir, 'xdg-open'), 0o755);
  expect(inEnglish(await openFile('/x/report.html', on('linux')))).toMatch(
    /^\/x\/report.html: open it in a browser \(.*exit code 3/,
  );
});
