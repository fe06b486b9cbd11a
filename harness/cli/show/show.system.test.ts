/** Ladders as a user gets them: while a lab runs, and of its bundle. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lab } from '../cli.fixture.ts';

let dir: string;
let bundle: string;
let watched: { stdout: string; stderr: string; exitCode?: number | undefined };
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  bundle = join(dir, 'wrong-port');
  watched = await lab(['wrong-port', '--watch', '--backend', 'netns', '--out', bundle]).child;
});
afterAll(() => rm(dir, { recursive: true }));

const arrows = (text: string): string[] =>
  text.split('\n').filter((line) => /^ +\d+\.\d+ .*(<|>\S )/.test(line));

test('--watch draws every segment once, before the result', () => {
  const { stdout, stderr, exitCode } = watched;
  expect(exitCode, stderr).toBe(0);
  expect(arrows(stdout)).toHaveLength(2);
  expect(stdout.indexOf('RST+ACK')).toBeLessThan(stdout.indexOf(' checks, in '));
  expect(stdout).toMatch(/^x = \d+ +\(client:\d+, server:6001\)$/m);
});

test('show prints a stored run: what came of it, and the same ladder', async () => {
  const { stdout, exitCode } = await lab(['show', bundle]).child;
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^wrong-port: Nobody listens there/);
  expect(arrows(stdout)).toEqual(arrows(watched.stdout));
  expect(stdout).toContain(`bundle: ${bundle}`);
});

test('show --open makes the report anew, and says where it is', async () => {
  const report = join(bundle, 'report.html');
  await writeFile(report, 'forged');
  await writeFile(join(dir, 'xdg-open'), `#!/bin/sh\necho "$1" > ${dir}/opened\n`, { mode: 0o755 });
  const env = { PATH: `${dir}:${process.env['PATH'] ?? ''}` };
  const { stdout, exitCode } = await lab(['show', bundle, '--open'], env).child;
  expect([stdout, exitCode]).toEqual([`${report}\n`, 0]);
  expect(await readFile(join(dir, 'opened'), 'utf8')).toBe(`${report}\n`);
  expect(await readFile(report, 'utf8')).toMatch(/^<!doctype html>[^]*wrong-port/i);
});

test('a folder that is not a bundle is one line; the others are shown', async () => {
  const empty = join(dir, 'empty');
  await mkdir(empty);
  const { stdout, stderr, exitCode } = await lab(['show', empty, dir, bundle]).child;
  expect(exitCode).toBe(2);
  const [none, deeper, ...rest] = stderr.split('\n');
  expect(none).toMatch(/^lab: \S+ is not a bundle: manifest\.json cannot be read \(ENOENT\); .+$/);
  expect(deeper).toBe(`lab: ${dir} is not a bundle, but ${bundle} is: name that`);
  expect(rest).toEqual(['']);
  expect(stdout).toContain('wrong-port: Nobody listens there');
});

test.each([
  [['time-wait', 'handshake', '--watch'], '--watch draws one lab at a time, not 2: name one'],
  [['--watch'], '--watch needs labs to run: name some, or --all'],
  [['--watch', 'show', '/tmp'], '--watch is for running labs, not for show'],
])('%j is refused', async (args, reason) => {
  const { stdout, stderr, exitCode } = await lab(args).child;
  expect([stdout, stderr, exitCode]).toEqual(['', `lab: ${reason}\n`, 2]);
});
