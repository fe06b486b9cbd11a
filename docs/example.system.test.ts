/** The lab that docs/architecture.md shows is this one, and it passes. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runLab } from '../harness/run/run.ts';
import { backendsUnderTest } from '../harness/testing/backends.ts';
import example from './example.ts';
import { verbatim } from '../harness/told.ts';

const read = (name: string): Promise<string> =>
  readFile(fileURLToPath(new URL(name, import.meta.url)), 'utf8');

it('is what the documentation shows', async () => {
  const shown = /```ts\n(.*?)```/s.exec(await read('architecture.md'))?.[1];
  expect(shown).toBe(await read('example.ts'));
});

it.each(await backendsUnderTest())('passes on $name', async (backend) => {
  const { signal } = new AbortController();
  const options = { backend, reason: verbatim('a test'), slow: false, harness: 'test', signal };
  const { status, message, leftBehind } = await runLab(example, options);
  expect({ status, message, leftBehind }).toEqual({ status: 'passed' });
});
