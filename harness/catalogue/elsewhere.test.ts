import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from '../installation.ts';
import { labAt, labsAt } from './elsewhere.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (file: string): string => join(folder, file);
const write = (file: string, text: string): Promise<void> => writeFile(at(file), text);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A lab as somebody writes it, where no node_modules is. */
const text = (name: string, more = '', body = ''): string => `import { lab } from 'socket-lab';
export default lab(
  { name: '${name}', title: 'T', explanation: 'E', sources: [], ${more} },
  async ({ expect }: { expect: unknown }) => {${body}},
);
`;

test('a file anywhere is a lab, by the harness that loads it', async () => {
  await write('my.lab.ts', text('my', "shows: ['CLOSED -> SYN-SENT -> ESTABLISHED']"));
  const { name, shows, source } = await labAt(at('my.lab.ts'));
  expect({ name, shows }).toEqual({
    name: 'my',
    shows: ['CLOSED -> SYN-SENT', 'SYN-SENT -> ESTABLISHED'],
  });
  expect(source).toMatchObject({
    file: at('my.lab.ts'),
    path: at('my.lab.ts'),
    // As sha256sum says it.
    hash: sha256(await readFile(at('my.lab.ts'), 'utf8')),
  });
});

test('what it imports belongs to its code', async () => {
  await write('title.ts', "export const title: string = 'of another file';");
  const lab = `import { title } from './title.ts';\n${text('my').replace("'T'", 'title')}`;
  await write('my.ts', lab);
  const before = await labAt(at('my.ts'));
  expect(before.title).toBe('of another file');
  await write('title.ts', "export const title = 'changed';");
  const after = await labAt(at('my.ts'));
  expect(after.title).toBe('changed');
  expect(after.source?.hash).not.toBe(before.source?.hash);
});

test('knows which of its lines is being carried out', async () => {
  await write('my.lab.ts', text('my', '', '\n\n\nthrow new Error("here");'));
  const { body, source } = await labAt(at('my.lab.ts'));
  const error = await body({} as never).catch((cause: unknown) => cause as Error);
  expect(source?.lineOf((error as Error).stack ?? '')).toBe(7);
});

test('a file of our own is our own lab', async () => {
  const { source } = await labAt(join(ROOT, 'labs/bind.ts'));
  expect(source?.file).toBe('labs/bind.ts');
});

describe('a folder', () => {
  test('has the labs whose names say so, in their order', async () => {
    await write('b.lab.ts', text('b', "next: 'a'"));
    await write('a.lab.ts', text('a'));
    await write('helper.ts', 'export {};');
    await write('b.test.mjs', 'throw 1;');
    const { labs, broken } = await labsAt(folder);
    expect(labs.map(({ name }) => name)).toEqual(['b', 'a']);
    expect(broken).toEqual([]);
  });

  test('goes on without one that is broken', async () => {
    await write('a.lab.ts', text('a'));
    await write('b.lab.ts', `${text('b')}}`);
    const { labs, broken } = await labsAt(folder);
    expect(labs.map(({ name }) => name)).toEqual(['a']);
    expect(broken.map(({ message }) => message)).toEqual([`${at('b.lab.ts')}:6: Unexpected "}"`]);
  });

  test('without a lab is refused, and one that is not there', async () => {
    await expect(labsAt(folder)).rejects.toThrow('there is no lab in this folder');
    for (const look of [labAt, labsAt])
      await expect(look(at('none.ts'))).rejects.toThrow('none.ts: there is no such file or folder');
    await symlink(at('loop'), at('loop'));
    await expect(labsAt(at('loop'))).rejects.toThrow('it cannot be read (ELOOP)');
  });
});

describe('refused in one line with its place is', () => {
  test.each<[string, string, string | RegExp]>([
    ['a syntax error', `${text('my')}\nexport const = 1;`, ':7: Expected identifier'],
    ['what throws', 'const x: { y?: { z: 1 } } = {};\n\nx.y!.z;', ':3: it throws TypeError: '],
    ['no lab', 'export default 1;', ': its default export is not a lab'],
    ['no default export', 'export const lab = 1;', ': its default export is not a lab'],
    ['another name', text('other'), ": the lab in it is named 'other'; after its file it is 'my'"],
    [
      'what is not there',
      text('my').replace('socket-lab', './none.ts'),
      ':1: Could not resolve "./none.ts"',
    ],
    [
      'the door for tests',
      text('my').replace('socket-lab', 'socket-lab/testing'),
      ":1: a lab imports 'socket-lab' only",
    ],
    [
      'what the door has not',
      text('my').replace('{ lab }', '{ laboratory as lab }'),
      /:1: No matching export/,
    ],
    [
      'an unknown field',
      text('my', "rtomin: '1s'"),
      ":2: a lab has no field 'rtomin'; fields: name,",
    ],
    ['a missing one', text('my').replace("title: 'T',", ''), ":2: the lab has no 'title'"],
    ['a wrong type', text('my', 'waits: { always: 7 }'), ":2: the lab's 'waits' must be durations"],
    [
      'a number',
      text('my', 'sysctls: { both: { a: 1 } }'),
      ":2: the lab's 'sysctls' must be sysctls by host",
    ],
    ['a duration', text('my', "rtoMin: '10'"), ":2: the lab's 'rtoMin' must be a duration"],
    [
      'an edge',
      text('my', "shows: ['LISTEN -> TIME-WAIT']"),
      ":2: 'LISTEN -> TIME-WAIT' is not an edge",
    ],
    [
      'no body',
      "import { lab } from 'socket-lab';\nexport default lab({ name: 'my' });",
      ':2: a lab is lab({ name,',
    ],
  ])('%s', async (_, content, says) => {
    await write('my.lab.ts', content);
    const { message } = (await labAt(at('my.lab.ts')).catch((cause: unknown) => cause)) as Error;
    expect(message).toMatch(/^[^\n]+$/);
    expect(message.startsWith(at('my.lab.ts'))).toBe(true);
    if (typeof says === 'string') expect(message.slice(at('my.lab.ts').length)).toContain(says);
    else expect(message).toMatch(says);
  });

  test('an error in a file that it imports, by that file', async () => {
    await mkdir(at('lib'));
    await write('lib/x.ts', '\nexport const = 1;');
    await write('my.lab.ts', `import './lib/x.ts';\n${text('my')}`);
    await expect(labAt(at('my.lab.ts'))).rejects.toThrow(
      'my.lab.ts: lib/x.ts:2: Expected identifier',
    );
  });

  test('a lab with the name of one of ours', async () => {
    await write('bind.lab.ts', text('bind'));
    await expect(labAt(at('bind.lab.ts'))).rejects.toThrow(
      "'bind' is the name of a lab of Socket Lab's own",
    );
  });
});
