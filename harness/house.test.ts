/** The house's rules of import, as docs/architecture.md has them. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** From the top of the house to its ground: a room imports rooms below it only. */
const ROOMS = [
  'cli',
  'page',
  'report',
  'lab',
  'expect',
  'invariants',
  'history',
  'backend',
  'witness',
  'evidence',
  'agent',
  'wire',
  'tcp',
  'texts',
  'sys',
];

/** Rooms without any effect on the world: no file, process, socket or clock. */
const PURE = ['tcp', 'history', 'invariants', 'texts', 'expect', 'wire', 'report', 'page'];
const EFFECTS =
  /^(node:(fs|child_process|net|dgram|http|tty|os|timers|worker_threads)|execa|koffi)/;

interface Import {
  file: string;
  /** A package, or a file relative to the project. */
  of: string;
}

async function importsUnder(folder: string): Promise<Import[]> {
  const files = await readdir(join(ROOT, folder), { recursive: true });
  const sources = files.filter(
    (file) =>
      /\.tsx?$/.test(file) &&
      !/\.(test|fixture|oracle)\.tsx?$/.test(file) &&
      !file.includes('testing/'),
  );
  const lists = await Promise.all(
    sources.map(async (name) => {
      const file = join(folder, name);
      const text = await readFile(join(ROOT, file), 'utf8');
      const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
      return [...found].map(([, of = '']) => ({
        file,
        of: of.startsWith('.') ? relative(ROOT, normalize(join(ROOT, dirname(file), of))) : of,
      }));
    }),
  );
  return lists.flat();
}

const room = (path: string): number => ROOMS.indexOf(/^harness\/(\w+)\//.exec(path)?.[1] ?? '');

describe('the house', () => {
  it('has no other rooms', async () => {
    const entries = await readdir(join(ROOT, 'harness'), { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(folders.sort()).toEqual([...ROOMS, 'testing'].sort());
  });

  it('imports downwards only', async () => {
    const imports = await importsUnder('harness');
    expect(imports.length).toBeGreaterThan(100);
    const upwards = imports.filter(({ file, of }) => room(of) !== -1 && room(of) < room(file));
    expect(upwards).toEqual([]);
  });

  it('has no effects in its pure rooms', async () => {
    for (const name of PURE) {
      const imports = await importsUnder(`harness/${name}`);
      expect(imports.filter(({ of }) => EFFECTS.test(of))).toEqual([]);
    }
  });

  it('calls libc in one room only', async () => {
    const imports = await importsUnder('harness');
    const calling = imports.filter(({ of }) => of === 'koffi').map(({ file }) => dirname(file));
    expect([...new Set(calling)]).toEqual(['harness/sys']);
  });

  it('has one door for labs and one for programs', async () => {
    const labs = await importsUnder('labs');
    expect(labs.filter(({ of }) => of !== 'harness/index.ts' && !of.startsWith('labs/'))).toEqual(
      [],
    );
    for (const folder of ['servers', 'clients']) {
      const programs = await importsUnder(folder);
      const through = programs.filter(
        ({ of }) => !of.startsWith(folder) && !of.startsWith('node:'),
      );
      expect(new Set(through.map(({ of }) => of))).toEqual(new Set(['harness/sys/index.ts']));
    }
  });
});
