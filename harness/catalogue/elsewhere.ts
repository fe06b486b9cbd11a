import { createHash } from 'node:crypto';
import { mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, normalize, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as door from '../index.ts';
import type { Lab } from '../vocabulary/define.ts';
import { told, ToldError } from '../told.ts';
import { inReadingOrder, labNames, LABS, loadLabs, settle, type Loaded } from './catalogue.ts';
import { CatalogueError, labFrom } from './load.ts';
import { lineOnStack } from './source.ts';

/** A file of this name in a folder is a lab; whatever else lies there is not asked. */
const LAB_FILE = /\.lab\.[cm]?[jt]s$/;
const CODE = /(\.lab)?\.[cm]?[jt]s$/;

/**
 * The labs at a path: that of the file; or all in the folder, in reading order.
 * @throws CatalogueError when there is nothing, the file holds no lab, or there is none in the folder
 */
export async function labsAt(path: string): Promise<Loaded> {
  const about = await found(path, stat);
  if (!about.isDirectory()) return { labs: [await labAt(path)], broken: [] };
  const files = (await readdir(path)).filter((file) => LAB_FILE.test(file)).sort();
  if (files.length === 0) {
    const reason = told('there is no lab in this folder: the name of a lab ends in .lab.ts');
    throw new CatalogueError({ file: path, lab: '', reason });
  }
  const { labs, broken } = await settle(files.map((file) => labAt(join(path, file))));
  return { labs: inReadingOrder(labs), broken };
}

async function found<T>(path: string, look: (path: string) => Promise<T>): Promise<T> {
  try {
    return await look(path);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT'
        ? told('there is no such file or folder')
        : told('it cannot be read ({code})', { code });
    throw new CatalogueError({ file: path, lab: '', reason }, { cause });
  }
}

/**
 * The lab in a file that may lie anywhere.
 * @throws CatalogueError saying on which line it is no lab
 */
export async function labAt(given: string): Promise<Lab> {
  const path = await found(given, (one) => realpath(one));
  const name = basename(path).replace(CODE, '');
  const file = normalize(given);
  const ours = await labNames();
  if (join(dirname(path), '/') === LABS && ours.includes(name)) return loadOne(name);
  if (ours.includes(name)) {
    const reason = told("'{name}' is the name of a lab of Socket Lab's own; give it another", {
      name,
    });
    throw new CatalogueError({ file, lab: name, reason });
  }
  return built(name, { file, path });
}

async function loadOne(name: string): Promise<Lab> {
  const [lab] = await loadLabs([name]);
  if (lab === undefined) throw new Error(name);
  return lab;
}

/** Builds it and runs what has been built, from a folder of its own that is gone at once. */
async function built(name: string, { file, path }: { file: string; path: string }): Promise<Lab> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'socket-lab-build-')));
  const module = join(dir, `${name}.mjs`);
  let map: SourceMap | undefined;
  const paths = new RegExp(module.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const lineOf = (stack: string): number | undefined => lineOnStack(stack, file, paths, () => map);
  try {
    return await labFrom(name, { file, path, lineOf }, async () => {
      Object.assign(globalThis, { [Symbol.for('socket-lab')]: door });
      const { compileLab } = await import('../build/compile.mjs');
      const names = Object.keys(door);
      const { code, map: text, sources } = await compileLab(path, names).catch(asOwn);
      map = new SourceMap(JSON.parse(text) as SourceMapPayload);
      await writeFile(module, code);
      const exported = (await import(pathToFileURL(module).href)) as object;
      return { ...exported, sourceHash: hashOf(path, sources) };
    });
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** What is wrong with the lab is told as it is; anything else is wrong with what builds it. */
function asOwn(cause: unknown): never {
  const { errors, message } = cause as Error & { errors?: unknown };
  if (errors !== undefined) throw cause as Error;
  const [why = ''] = message.split('\n');
  throw new ToldError(told('esbuild, which builds it, does not work here: {why}', { why }), {
    cause,
  });
}

/** Of its file, as sha256sum(1) says it; with files that it imports, of what sha256sum says of all. */
function hashOf(path: string, sources: ReadonlyMap<string, string>): string {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const own = sources.get(path) ?? '';
  if (sources.size === 1) return sha256(own);
  const lines = [...sources].map(
    ([source, text]) => `${sha256(text)}  ${relative(dirname(path), source)}\n`,
  );
  return sha256(lines.sort().join(''));
}
