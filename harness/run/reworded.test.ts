/**
 * A stored bundle outlives our words: its lab may get another title, another explanation, other titles
 * of steps. What it does and expects is what is judged.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadLabs } from '../catalogue/catalogue.ts';
import { SCHEMA_VERSION } from '../evidence/events.ts';
import { ROOT } from '../installation.ts';
import type { Lab } from '../vocabulary/define.ts';
import { LabChangedError, verify } from './verify.ts';

const BUNDLE = join(ROOT, `harness/evidence/stored/schema-${SCHEMA_VERSION}`);

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

let edits = 0;

/** The lab with its source edited, as somebody would who edits it. */
async function edited(change: (source: string) => string): Promise<Lab> {
  const source = await readFile(join(ROOT, 'labs/wrong-port.ts'), 'utf8');
  const door = pathToFileURL(join(ROOT, 'harness/index.ts')).href;
  const text = change(source);
  expect(text).not.toBe(source);
  const file = join(dir, `wrong-port-${++edits}.ts`);
  await writeFile(file, text.replace('../harness/index.ts', door));
  const { default: lab } = (await import(pathToFileURL(file).href)) as { default: Lab };
  return {
    ...lab,
    source: { file, path: file, hash: 'of another source', lineOf: () => undefined },
  };
}

test('as it is, the lab says the same', async () => {
  const labs = await loadLabs(['wrong-port']);
  expect((await verify(BUNDLE, labs)).summary.status).toBe('passed');
});

test('every text for people is another: the bundle still says the same', async () => {
  let texts = 0;
  const reword = (source: string): string =>
    source
      .replace(/title: '[^']+'/, () => `title: 'Text ${++texts}'`)
      .replace(/explanation: `[^`]+`/, () => `explanation: 'Text ${++texts}'`)
      .replaceAll(/step\('[^']+'/g, () => `step('Text ${++texts}'`);
  const lab = await edited(reword);
  expect(texts).toBeGreaterThanOrEqual(4);
  const { summary, verdicts, changed } = await verify(BUNDLE, [lab]);
  expect({ status: summary.status, changed }).toEqual({ status: 'passed', changed: true });
  expect(verdicts).toBe(summary.expectations.length);
});

test.each([
  ['expects another thing', "'ECONNREFUSED'", "'ETIMEDOUT'"],
  ['does another thing', '{ port: 6001 }', '{ port: 6002 }'],
  ['expects less', 'await expect(client.sockets()).toBe({});', ''],
])('a lab that %s is another lab', async (_, from, to) => {
  const lab = await edited((source) => source.replace(from, to));
  await expect(verify(BUNDLE, [lab])).rejects.toThrow(LabChangedError);
});
