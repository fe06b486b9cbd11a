/** Coverage as a user gets it: instantly, and from bundles what those runs have shown. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lab } from '../cli.fixture.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

interface Told {
  states: Record<string, string[]>;
  edges: { name: string; labs: { lab: string }[] }[];
  missing: string[];
}

test('of the labs: every state and edge, by the labs that promise it', async () => {
  const { stdout, exitCode } = await lab(['coverage', '--json']).child;
  const { states, edges, missing } = JSON.parse(stdout) as Told;
  expect(Object.keys(states)).toHaveLength(11);
  const labs = edges.find(({ name }) => name === 'SYN-SENT -> ESTABLISHED')?.labs;
  expect(labs?.map((one) => one.lab)).toContain('handshake');
  expect(exitCode).toBe(missing.length === 0 ? 0 : 1);
  const text = await lab(['coverage'], { LC_ALL: 'C.UTF-8' }).child;
  expect(text.stdout).toMatch(/^What the labs show of the state diagram of RFC 9293/);
  expect(text.stdout).toMatch(/^✓ CLOSED -> LISTEN +passive OPEN \/ create TCB +ss, tracepoint$/m);
  expect(text.exitCode).toBe(exitCode);
});

test('of a bundle: what that run has shown, and 1 for all that it has not', async () => {
  const bundle = join(dir, 'wrong-port');
  const args = ['wrong-port', '--backend', 'netns', '--out', bundle];
  expect((await lab(args).child).exitCode).toBe(0);
  const { stdout, exitCode } = await lab(['coverage', bundle, '--json']).child;
  const { edges, missing } = JSON.parse(stdout) as Told;
  const shown = edges.filter(({ labs }) => labs.length > 0).map(({ name }) => name);
  expect(shown).toEqual(['CLOSED -> LISTEN', 'CLOSED -> SYN-SENT', 'SYN-SENT -> CLOSED (rcv RST)']);
  expect(missing).toContain('TIME-WAIT');
  expect(exitCode).toBe(1);
});

test.each([
  [['coverage', '/nowhere'], /^lab: \/nowhere is not a bundle/],
  [['coverage', '--slow'], /unknown option '--slow'; options: --json/],
  [['--json', 'coverage'], /--json goes after coverage/],
])('%j is refused: 2', async (args, says) => {
  const { stderr, exitCode } = await lab(args).child;
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(says);
});
