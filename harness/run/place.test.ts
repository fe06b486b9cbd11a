/** Whoever reads a failure wants the line of the lab's source, wherever it runs from. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadLabs } from '../catalogue/catalogue.ts';
import { placeIn } from './place.ts';

/** Where the lab is said to be when line `line` of this file asks, through so many calls. */
async function askedAt(filename: string, line: number, calls = 0): Promise<unknown> {
  const [lab] = await loadLabs(['time-wait']);
  if (lab === undefined) throw new Error('no such lab');
  const through = (left: number): unknown => (left === 0 ? placeIn(lab) : through(left - 1));
  const here = (): unknown => through(calls);
  return new Script(`${'\n'.repeat(line - 1)}here()`, { filename }).runInNewContext({ here });
}

const there = (line: number): object => ({ file: 'labs/time-wait.ts', line });

let built: string;
beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'socket lab-test-'));
  // Line 3 is line 42 of the source.
  const map = { version: 3, sources: ['labs/time-wait.ts'], names: [], mappings: ';;AAyCA' };
  await writeFile(join(built, 'time-wait-A1B2.mjs.map'), JSON.stringify(map));
});
afterAll(() => rm(built, { recursive: true }));

it('is told by the source, also through more calls than a stack shows', async () => {
  expect(await askedAt('/home/me/labs/time-wait.ts', 12)).toEqual(there(12));
  expect(await askedAt('file:///home/me/labs/time-wait.ts', 12)).toEqual(there(12));
  expect(await askedAt('C:\\me\\labs\\time-wait.ts', 12)).toEqual(there(12));
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 5;
  try {
    expect(await askedAt('/home/me/labs/time-wait.ts', 12, 20)).toEqual(there(12));
    expect(Error.stackTraceLimit).toBe(5);
  } finally {
    Error.stackTraceLimit = limit;
  }
});

it('is told by the map of what it was built into', async () => {
  const { href } = pathToFileURL(join(built, 'time-wait-A1B2.mjs'));
  expect(href).toContain('%20');
  expect(await askedAt(href, 3)).toEqual(there(42));
});

it('is not told where no line of it is on the stack, or nobody knows which', async () => {
  expect(await askedAt('/home/me/labs/client-time-wait.ts', 12)).toBeUndefined();
  expect(await askedAt('/home/me/time-wait.ts', 12)).toBeUndefined();
  expect(await askedAt('/home/me/time-wait-syn-A1B2.mjs', 12)).toBeUndefined();
  // Its map is gone, or says nothing of this line.
  expect(await askedAt('/home/me/time-wait-A1B2.mjs', 3)).toBeUndefined();
  expect(await askedAt(pathToFileURL(join(built, 'time-wait-A1B2.mjs')).href, 1)).toBeUndefined();
});
