// @ts-check
// The one place that knows how TypeScript becomes JavaScript: ours, and that of labs from elsewhere.
import { build, stop } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { NO_PART, partsOf, ROOT } from './cache.mjs';

/**
 * @typedef {import('./cache.mjs').Kind} Kind
 * @typedef {import('esbuild').BuildOptions} Options
 * @typedef {import('esbuild').Plugin} Plugin
 * @typedef {import('esbuild').Metafile} Metafile
 */

/**
 * @typedef {object} How
 * @property {(file: string) => string} [urlOf] an expression in place of a source's `import.meta.url`;
 *   its path is below ROOT. One that looks for files beside itself must find them where it was,
 *   not where it has been built to.
 * @property {(file: string) => void} [onRead] called before a source is read
 * @property {boolean} [despiteLabs] a lab that cannot be built breaks only itself: whoever loads it is
 *   told why (harness/catalogue/load.ts). Else nothing is built.
 * @property {Options} [options] what differs from a checkout's build
 */

/**
 * Labs that cannot be built, by their files: why, and on which line.
 * @typedef {Record<string, { line?: number, why: string }>} BrokenLabs
 */

/** Builds that are not finished yet: they share one process of esbuild's. */
let running = 0;

/**
 * Builds a kind into a folder.
 * @param {Kind} kind
 * @param {string} outdir
 * @param {How} [how]
 * @returns {Promise<Metafile>} what it was made of
 * @throws {Error} in one line, `FILE:LINE: what is wrong there`, where a source cannot be built
 */
export async function compile(kind, outdir, how = {}) {
  running++;
  /** @type {BrokenLabs} */
  const broken = {};
  try {
    for (;;) {
      try {
        return await buildOnce(kind, outdir, how, broken);
      } catch (error) {
        const more = how.despiteLabs ? brokenLabs(error, broken) : undefined;
        if (more === undefined) throw inOneLine(error);
        Object.assign(broken, more);
      }
    }
  } finally {
    // It would stay beside us.
    if (--running === 0) await stop();
  }
}

/**
 * @param {Kind} kind
 * @param {string} outdir
 * @param {How} how
 * @param {BrokenLabs} broken
 */
async function buildOnce(kind, outdir, { urlOf, onRead, options }, broken) {
  const { plugins = [], ...own } = KINDS[kind]();
  const { metafile } = await build({
    absWorkingDir: ROOT,
    outdir,
    bundle: true,
    metafile: true,
    logLevel: 'silent',
    ...own,
    ...options,
    plugins: [readSources(urlOf, onRead, broken), ...plugins],
  });
  return /** @type {Metafile} */ (metafile);
}

/**
 * The first of what is wrong: esbuild's own message begins with how much it is.
 * @param {unknown} error
 * @returns {unknown}
 */
function inOneLine(error) {
  const { errors = [] } = /** @type {Partial<import('esbuild').BuildFailure>} */ (error);
  const [first] = errors;
  if (first === undefined) return error;
  const { text, location } = first;
  const where = location === null ? '' : `${location.file}:${location.line}: `;
  return new Error(where + text, { cause: error });
}

/**
 * The labs for which a build failed; undefined where something else did, or is known already.
 * @param {unknown} error
 * @param {BrokenLabs} known
 * @returns {BrokenLabs | undefined}
 */
function brokenLabs(error, known) {
  const { errors = [] } = /** @type {Partial<import('esbuild').BuildFailure>} */ (error);
  /** @type {BrokenLabs} */
  const found = {};
  for (const { text, location } of errors) {
    const { file = '', line } = location ?? {};
    if (!LAB.test(file) || file in known) return undefined;
    found[file] ??= { ...(line !== undefined && { line }), why: text };
  }
  return errors.length > 0 ? found : undefined;
}

/**
 * Builds a lab that stands anywhere, together with what it imports, into one module. Its `socket-lab` is
 * the harness that runs it, found at `globalThis[Symbol.for('socket-lab')]`, so it needs no node_modules.
 * @param {string} file absolute path
 * @param {readonly string[]} door the names that `socket-lab` exports
 * @returns {Promise<{ code: string, map: string, sources: Map<string, string> }>} the text of each of
 *   the author's own files, by absolute path
 */
export async function compileLab(file, door) {
  running++;
  /** @type {Map<string, string>} */
  const sources = new Map();
  try {
    const { outputFiles } = await build({
      absWorkingDir: dirname(file),
      entryPoints: [file],
      outfile: file.replace(/\.\w+$/, '.mjs'),
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: oldestNode(),
      sourcemap: 'external',
      sourcesContent: false,
      logLevel: 'silent',
      // What an author's project wants of its own code is not what the harness wants of a lab.
      tsconfigRaw: {},
      plugins: [ourDoor(door), keepSources(sources)],
    });
    const [map, code] = outputFiles.map(({ text }) => text);
    return { code: code ?? '', map: map ?? '', sources };
  } finally {
    if (--running === 0) await stop();
  }
}

/**
 * @param {readonly string[]} names
 * @returns {Plugin}
 */
const ourDoor = (names) => ({
  name: 'our-door',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^socket-lab(\/|$)/ }, ({ path }) =>
      path === 'socket-lab'
        ? { path, namespace: 'door' }
        : { errors: [{ text: `a lab imports 'socket-lab' only, not '${path}'` }] },
    );
    onLoad({ filter: /.*/, namespace: 'door' }, () => ({
      contents: `export const { ${names.join(', ')} } = globalThis[Symbol.for('socket-lab')];`,
    }));
  },
});

/**
 * @param {Map<string, string>} sources
 * @returns {Plugin}
 */
const keepSources = (sources) => ({
  name: 'keep-sources',
  setup({ onLoad }) {
    onLoad({ filter: /\.([cm]?[jt]s|json)$/, namespace: 'file' }, async ({ path }) => {
      if (path.includes('/node_modules/')) return undefined;
      const contents = await readFile(path, 'utf8');
      sources.set(path, contents);
      return { contents, loader: LOADERS[extname(path)] ?? 'js' };
    });
  },
});

/** The oldest Node.js that we run on, as package.json has it. */
function oldestNode() {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return engines.node.replace('>=', 'node');
}

/** @type {Record<Kind, () => Options>} */
const KINDS = {
  /**
   * Parts that a command does not need stay in files of their own; packages are in one file with us:
   * one of a hundred small files takes long to find and load.
   */
  command: () => ({
    entryPoints: [{ in: 'harness/cli/main.ts', out: 'main' }],
    outExtension: { '.js': '.mjs' },
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: oldestNode(),
    external: ['koffi', 'esbuild', 'tsx', 'cpu-features', '*.node'],
    banner: { js: COMMON_JS },
    // Of the labs alone: a failure names their lines (harness/run/place.ts).
    sourcemap: 'external',
    sourcesContent: false,
    plugins: [later, mapsOfLabs],
  }),
  /** The agent and each program under test: a file each, which starts in a fraction of tsx's time. */
  host: () => ({
    entryPoints: [
      { in: 'harness/agent/main.ts', out: 'agent' },
      ...partsOf('host').map((file) => ({ in: file, out: basename(file, '.ts') })),
    ],
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    platform: 'node',
    target: oldestNode(),
    minify: true,
    plugins: [quickKoffi],
  }),
  /** `page.js` and `page.css`. */
  page: () => ({
    entryPoints: [{ in: 'harness/present/page/main.tsx', out: 'page' }],
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'utf8',
    legalComments: 'none',
  }),
};

/** What CommonJS packages find in a module that is none. */
const COMMON_JS = `import { createRequire as commonJs } from 'node:module';
const require = commonJs(import.meta.url), __dirname = import.meta.dirname;`;

/** @type {Record<string, import('esbuild').Loader>} */
const LOADERS = {
  ...{ '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx', '.mjs': 'js' },
  ...{ '.css': 'css', '.json': 'json' },
};

/**
 * @param {How['urlOf']} urlOf
 * @param {How['onRead']} onRead
 * @param {BrokenLabs} broken
 * @returns {Plugin}
 */
const readSources = (urlOf, onRead, broken) => ({
  name: 'read-sources',
  setup({ onLoad }) {
    onLoad({ filter: /\.(ts|tsx|mjs|css)$/ }, async ({ path }) => {
      if (path.includes('/node_modules/')) return undefined;
      if (NO_PART.test(path)) return { contents: '' };
      const file = relative(ROOT, path);
      onRead?.(file);
      const why = broken[file];
      if (why !== undefined)
        return { contents: `export const broken = ${JSON.stringify(why)};`, loader: 'js' };
      const source = await readFile(path, 'utf8');
      const contents = urlOf ? source.replaceAll('import.meta.url', urlOf(file)) : source;
      return {
        contents: LAB.test(file) ? contents + hashOf(source) : contents,
        loader: LOADERS[extname(path)] ?? 'js',
      };
    });
  },
});

const LAB = /^labs\/[^/]+\.ts$/;

/**
 * Bundles name the very source that ran (harness/catalogue/catalogue.ts).
 * @param {string} source
 */
const hashOf = (source) =>
  `\nexport const sourceHash = '${createHash('sha256').update(source).digest('hex')}';\n`;

/**
 * Removes the other maps: they would be larger than the code.
 * @type {Plugin}
 */
const mapsOfLabs = {
  name: 'maps-of-labs',
  setup({ onEnd }) {
    onEnd(async ({ metafile }) => {
      const outputs = metafile?.outputs ?? {};
      const isOfLab = (/** @type {string} */ map) => {
        const { entryPoint = '' } = outputs[map.replace(/\.map$/, '')] ?? {};
        return LAB.test(entryPoint) && !NO_PART.test(entryPoint);
      };
      for (const file of Object.keys(outputs))
        if (file.endsWith('.map') && !isOfLab(file)) await rm(resolve(ROOT, file));
    });
  },
};

/**
 * dockerode loads gRPC, which is half of its loading time, for BuildKit sessions. We have none: it
 * is loaded when something of it is first used.
 * @type {Plugin}
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
 * koffi's binary. Its own loader first reads Node's binary, to learn which libc it runs on: half as
 * long as Node itself takes to start. Where the first is not there or does not fit, it loads it.
 */
const KOFFI = `
try {
  module.exports = require('@koromix/koffi-linux-' + process.arch + '/linux_' + process.arch + '/koffi.node');
} catch {
  module.exports = require('koffi');
}`;

/** @type {Plugin} */
const quickKoffi = {
  name: 'quick-koffi',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^koffi$/ }, ({ namespace }) =>
      namespace === 'quick' ? { external: true } : { path: 'koffi', namespace: 'quick' },
    );
    onLoad({ filter: /^koffi$/, namespace: 'quick' }, () => ({ contents: KOFFI }));
  },
};
