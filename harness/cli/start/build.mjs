// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';
import { CACHE, labFiles, readStamp, ROOT, STAMP, stateOf } from './built.mjs';

/** How it is built counts as much as what. */
const BUILDERS = ['harness/cli/start/build.mjs', 'harness/cli/start/bundle.mjs'];

/** Milliseconds after which nobody runs from an earlier build any more. */
const DAY = 24 * 3600 * 1000;

/**
 * Builds the command line with all labs into a folder of its own: what runs from an earlier build
 * is not disturbed.
 * @returns {Promise<string>} the main file
 */
export async function build() {
  await mkdir(CACHE, { recursive: true });
  await removeOld();
  const labs = labFiles();
  const dir = join(CACHE, randomBytes(6).toString('hex'));
  /** @type {Record<string, string>} */
  const sources = Object.fromEntries(BUILDERS.map((file) => [file, stateOf(file)]));
  await bundle({
    entryPoints: [{ in: 'harness/cli/main.ts', out: 'main' }],
    outdir: dir,
    urlOf: (file) => JSON.stringify(pathToFileURL(join(ROOT, file)).href),
    // Before it is read: if it changes meanwhile, the next start finds that out.
    onRead: (file) => {
      sources[file] = stateOf(file);
    },
  });
  const main = join(dir, 'main.mjs');
  await replace(STAMP, JSON.stringify({ main, sources, labs }));
  return main;
}

/** The last build is kept, however old: somebody may just have started from it. */
async function removeOld() {
  const { main } = readStamp() ?? { main: STAMP };
  const kept = [STAMP, dirname(main)];
  for (const name of await readdir(CACHE)) {
    const path = join(CACHE, name);
    // Another start may have taken it away meanwhile, or given it its name.
    const about = await stat(path).catch(() => undefined);
    if (about && !kept.includes(path) && Date.now() - about.mtimeMs > DAY) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

/**
 * Whole or not at all, also when two start at once.
 * @param {string} file
 * @param {string} content
 */
async function replace(file, content) {
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, content);
  await rename(temporary, file);
}
