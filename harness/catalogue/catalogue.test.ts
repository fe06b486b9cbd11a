import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from '../installation.ts';
import type { Lab } from '../vocabulary/define.ts';
import { inReadingOrder, labNames, loadAll, loadLabs } from './catalogue.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const read = (name: string): Promise<object> =>
  import(pathToFileURL(join(folder, `${name}.ts`)).href) as Promise<object>;
const write = (file: string, text = ''): Promise<void> => writeFile(join(folder, file), text);

/** A lab as a file with nothing to import: what a bundler's own errors say differs from tool to tool. */
const labText = (name: string, more = ''): string =>
  `export default { name: '${name}', title: 'T', ${more} body: async () => {} };`;

test('a file is a lab, tests are not', async () => {
  for (const file of ['zebra.ts', 'apple.ts', 'bind.test.ts', 'notes.md']) await write(file);
  expect(await labNames(folder)).toEqual(['apple', 'zebra']);
});

describe('a file that holds no lab', () => {
  test.each([
    ['two', labText('another'), "labs/two.ts: the lab in it is named 'another'; after its file"],
    ['none', 'export const lab = 1;', 'labs/none.ts: its default export is not a lab'],
    [
      'throws',
      "\nthrow new TypeError('no such thing');",
      /throws\.ts.*it throws TypeError: no such/,
    ],
    ['syntax', 'export default {{', /labs\/syntax\.ts/],
  ])('%s is refused in one line', async (name, text, says) => {
    await write(`${name}.ts`, text);
    await expect(loadLabs([name], read)).rejects.toThrow(says);
  });

  test('breaks only itself', async () => {
    await write('good.ts', labText('good'));
    await write('bad.ts', 'throw 1;');
    const { labs, broken } = await loadAll(read, folder);
    expect(labs.map(({ name }) => name)).toEqual(['good']);
    expect(broken.map(({ lab, file }) => [lab, file])).toEqual([['bad', 'labs/bad.ts']]);
  });
});

describe('the reading order', () => {
  const lab = (name: string, next?: string, section = 'A'): Lab => ({
    ...{ name, title: '', explanation: '', sources: [], section, body: async () => {} },
    ...(next !== undefined && { next }),
  });
  const order = (...labs: Lab[]): string =>
    inReadingOrder(labs)
      .map(({ name }) => name)
      .join(' ');

  test('goes from each lab to its next', () => {
    expect(order(lab('a', 'b'), lab('b'), lab('z', 'a'))).toBe('z a b');
  });

  test('has what nobody names at the end of its section, by name', () => {
    const chain = [lab('z', 'y'), lab('y', 'x'), lab('x', undefined, 'B')];
    expect(order(...chain, lab('new'), lab('anew'))).toBe('z y anew new x');
  });

  test('is the same without a lab that cannot be loaded', () => {
    const all = [lab('z', 'y'), lab('y', 'm'), lab('m', 'c'), lab('c', 'a'), lab('a')];
    for (const gone of all) {
      const left = all.filter((one) => one !== gone);
      expect(order(...left)).toBe(left.map(({ name }) => name).join(' '));
    }
  });

  test('ends, also in a circle', () => {
    expect(order(lab('b', 'c'), lab('c', 'b'), lab('a', 'b'))).toBe('a b c');
    expect(order(lab('b', 'c'), lab('c', 'b'))).toBe('b c');
  });
});

describe('our labs', async () => {
  const { labs, broken } = await loadAll();

  test('all load, and tell what a student wants to know', async () => {
    expect(broken).toEqual([]);
    expect(labs.map(({ name }) => name).sort()).toEqual(await labNames());
    for (const { name, title, explanation, sources } of labs) {
      expect(title, name).not.toBe('');
      expect(explanation.trim(), name).not.toBe('');
      expect(sources.length, name).toBeGreaterThan(0);
    }
  });

  test('are one chain from the first to the last, a section after the other', () => {
    const names = labs.map(({ name }) => name);
    expect(labs.map(({ next }) => next)).toEqual([...names.slice(1), undefined]);
    expect(names[0]).toBe('handshake');
    const sections = labs.map(({ section }) => section);
    const runs = sections.filter((section, i) => section !== sections[i - 1]);
    expect(runs).toEqual([...new Set(sections)]);
    expect(runs).not.toContain(undefined);
  });

  test('are README’s table', async () => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    const [, table = ''] = /\n\| lab .*\n\|[ -|]*\n((?:\|.*\n)*)/.exec(readme) ?? [];
    const shown = table
      .trimEnd()
      .split('\n')
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    const wanted = labs.flatMap(({ name, title, section = '' }, i) => [
      ...(section === labs[i - 1]?.section ? [] : [[`**${section}**`, '']]),
      [`\`${name}\``, i === 0 ? `${title}: **start here**` : title],
    ]);
    expect(shown).toEqual(wanted);
  });
});
