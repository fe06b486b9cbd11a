/** What documents claim, through the real command line. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Summary } from '../../evidence/summary.ts';
import { allClaims, claimsOf, differencesOf } from '../../catalogue/claims.ts';
import { lab } from '../cli.fixture.ts';

const claims = (...args: string[]) => lab(['claims', ...args]).child;

it('prints every claim, and how many hold', async () => {
  const { stdout, stderr, exitCode } = await claims();
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toBe('');
  const lines = stdout.trimEnd().split('\n');
  expect(lines.filter((line) => /^00\d /.test(line))).toHaveLength(allClaims().length);
  const of = (verdict: string): number =>
    allClaims().filter((claim) => claim.verdict === verdict).length;
  expect(lines.at(-1)).toBe(
    `${allClaims().length} claims: ${of('holds')} hold, ${of('differs')} differ, ${of('not tried here')} not tried here`,
  );
});

it('with --json prints them as they are, one a line', async () => {
  const { stdout, exitCode } = await claims('--json');
  expect(exitCode).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(allClaims());
});

it('tells those of a lab or a document whole', async () => {
  const { stdout } = await claims('backlog-full');
  const lines = stdout.trimEnd().split('\n');
  expect(lines.filter((line) => /^00\d /.test(line))).toHaveLength(claimsOf('backlog-full').length);
  expect(stdout).toContain('       Server不调用accept: ');
  expect(stdout).toContain('       Since: ');
  const { stdout: two } = await claims('003', 'bind', '--json');
  const chosen = two
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(chosen).toEqual(allClaims().filter((c) => c.document === '003' || c.lab === 'bind'));
});

it('says so where no document speaks of a lab', async () => {
  const { stdout, exitCode } = await claims('keepalive');
  expect(stdout).toBe('keepalive: no document speaks of it, only RFCs and manuals do\n');
  expect(exitCode).toBe(0);
});

it.each([
  [['time-wiat'], /unknown lab or document 'time-wiat'; did you mean 'time-wait'\?$/m],
  [
    ['005'],
    /unknown lab or document '005'; documents: 000, 001, 002, 003, 004; labs: npm run lab -- list$/m,
  ],
  [['--jsno'], /unknown option '--jsno'; did you mean '--json'\?/],
])('refuses %j in one line', async (args, says) => {
  const { stdout, stderr, exitCode } = await claims(...args);
  expect(stderr).toMatch(says);
  expect(stderr).toMatch(/^lab: [^\n]+\n$/);
  expect(stdout).toBe('');
  expect(exitCode).toBe(2);
});

it('a run tells what differs from its lab, and its bundle keeps it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  try {
    const out = join(dir, 'run');
    const run = lab(['wrong-port', '-v', '--backend', 'netns', '--out', out]);
    const { stdout, stderr, exitCode } = await run.child;
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toMatch(
      /^What the documents say, and is not so here\n004: \S[^]*^ +Linux: [^]*^ +Why: /m,
    );
    const { claims } = JSON.parse(await readFile(join(out, 'result.json'), 'utf8')) as Summary;
    expect(claims).toEqual(differencesOf('wrong-port'));
    expect(claims).not.toEqual([]);
  } finally {
    await rm(dir, { recursive: true });
  }
});
