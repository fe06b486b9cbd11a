import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { labNames, loadLabs, TEACHING_ORDER } from './catalogue.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const read = (name: string): Promise<unknown> =>
  import(pathToFileURL(join(folder, `${name}.ts`)).href);
const write = (file: string, text = ''): Promise<void> => writeFile(join(folder, file), text);

test('a file is a lab, tests are not; the teaching order first, then by name', async () => {
  for (const file of ['zebra.ts', 'apple.ts', 'bind.ts', 'handshake.ts']) await write(file);
  for (const file of ['bind.test.ts', 'notes.md']) await write(file);
  expect(await labNames(folder)).toEqual(['handshake', 'bind', 'apple', 'zebra']);
});

test('every lab of ours loads, and the teaching order names no lab that is not there', async () => {
  const names = await labNames();
  const labs = await loadLabs(names);
  expect(labs.map(({ name }) => name)).toEqual(names);
  expect(names).toEqual(expect.arrayContaining([...TEACHING_ORDER]));
  for (const { title, explanation, sources, name } of labs) {
    expect(title, name).not.toBe('');
    expect(explanation.trim(), name).not.toBe('');
    expect(sources.length, name).toBeGreaterThan(0);
  }
});

test('a file with another lab than its name says, or with none, is refused', async () => {
  await write('one.ts', "export default { name: 'two', title: 'Two', body: () => {} };");
  await write('none.ts', 'export const lab = 1;');
  await expect(loadLabs(['one'], read)).rejects.toThrow(
    "labs/one.ts: the lab in it is named 'two'",
  );
  await expect(loadLabs(['none'], read)).rejects.toThrow(
    'labs/none.ts: its default export is no lab',
  );
});
