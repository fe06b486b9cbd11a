// @ts-check
import { build as esbuild } from 'esbuild';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CACHE, labFiles, readStamp, ROOT, STAMP, stateOf } from './built.mjs';

/** Milliseconds after which nobody runs from an earlier build any more. */
const DAY = 24 * 3600 * 1000;

/**
 * Builds the command line with all labs into a folder of its own: what runs from an earlier build
 * is not disturbed. Parts that a command does not need stay in files of their own.
 * @returns {Promise<string>} the main file
 */
export async function build() {
  await mkdir(CACHE, { recursive: true });
  await removeOld();
  const labs = labFiles();
  const dir = join(CACHE, randomBytes(6).toString('hex'));
  /** @type {Record<string, string>} */
  const sources = {};
  await esbuild({
    absWorkingDir: ROOT,
    entryPoints: [{ in: 'harness/cli/main.ts', out: 'main' }],
    outdir: dir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // In one file with us: a package of a hundred small files takes long to find and load.
    external: ['koffi', 'esbuild', 'tsx', 'ssh2', 'cpu-features'],
    banner: { js: REQUIRE },
    logLevel: 'silent',
    plugins: [readSources(sources), later],
  });
  const main = join(dir, 'main.mjs');
  await replace(STAMP, JSON.stringify({ main, sources, labs }));
  return main;
}

/** What CommonJS packages find in a module that is none. */
const REQUIRE = `import { createRequire as commonJs } from 'node:module';
const require = commonJs(import.meta.url);`;

/**
 * dockerode loads gRPC, which is half of its loading time, for BuildKit sessions. We have none: it
 * is loaded when something of it is first used.
 * @type {import('esbuild').Plugin}
 */
const later = {
  name: 'later',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@grpc\// }, ({ path, namespace }) =>
      namespace === 'later' ? { path, external: true } : { path, namespace: 'later' },
    );
    onLoad({ filter: /.*/, namespace: 'later' }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require('${path}')[name] });`,
    }));
  },
};

/**
 * Notes every source. One that looks for files beside itself finds them where it was, not where it
 * has been built to.
 * @param {Record<string, string>} sources
 * @returns {import('esbuild').Plugin}
 */
const readSources = (sources) => ({
  name: 'read-sources',
  setup({ onLoad }) {
    onLoad({ filter: /\.(ts|mjs)$/ }, async ({ path }) => {
      if (path.includes('/node_modules/')) return undefined;
      // A lab may be any file in labs/, but these are none.
      if (path.endsWith('.test.ts')) return { contents: '' };
      const file = relative(ROOT, path);
      // Before it is read: if it changes meanwhile, the next start finds that out.
      sources[file] = stateOf(file);
      const source = await readFile(path, 'utf8');
      const url = JSON.stringify(pathToFileURL(path).href);
      const loader = path.endsWith('.ts') ? 'ts' : 'js';
      return { contents: source.replaceAll('import.meta.url', url), loader };
    });
  },
});

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
