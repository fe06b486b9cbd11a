/** Whoever reads a failure wants the line of the lab's source, wherever it runs from. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { placesIn } from './place.ts';

/** Where a lab is said to be when line `line` of this file asks, through so many calls. */
function askedAt(filename: string, line: number, lab = 'time-wait', calls = 0): unknown {
  const through = (left: number, ask: () => unknown): unknown =>
    left === 0 ? ask() : through(left - 1, ask);
  const here = (): unknown => through(calls, placesIn(lab));
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

it('is told by the source, also through more calls than a stack shows', () => {
  expect(askedAt('/home/me/labs/time-wait.ts', 12)).toEqual(there(12));
  expect(askedAt('file:///home/me/labs/time-wait.ts', 12)).toEqual(there(12));
  expect(askedAt('C:\\me\\labs\\time-wait.ts', 12)).toEqual(there(12));
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 5;
  try {
    expect(askedAt('/home/me/labs/time-wait.ts', 12, 'time-wait', 20)).toEqual(there(12));
    expect(Error.stackTraceLimit).toBe(5);
  } finally {
    Error.stackTraceLimit = limit;
  }
});

it('is told by the map of what it was built into', () => {
  const { href } = pathToFileURL(join(built, 'time-wait-A1B2.mjs'));
  expect(href).toContain('%20');
  expect(askedAt(href, 3)).toEqual(there(42));
});

it('is not told where no line of it is on the stack, or nobody knows which', () => {
  expect(askedAt('/home/me/labs/client-time-wait.ts', 12)).toBeUndefined();
  expect(askedAt('/home/me/time-wait.ts', 12)).toBeUndefined();
  expect(askedAt('/home/me/time-wait-syn-A1B2.mjs', 12)).toBeUndefined();
  // Its map is gone, or says nothing of this line.
  expect(askedAt('/home/me/time-wait-A1B2.mjs', 3)).toBeUndefined();
  expect(askedAt(pathToFileURL(join(built, 'time-wait-A1B2.mjs')).href, 1)).toBeUndefined();
});
