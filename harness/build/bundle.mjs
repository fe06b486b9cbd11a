// @ts-check
// The one place that knows how our TypeScript becomes JavaScript.
import { build, stop } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, extname, join, relative, resolve } from 'node:path';
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
 * @property {Options} [options] what differs from a checkout's build
 */

/** Builds that are not finished yet: they share one process of esbuild's. */
let running = 0;

/**
 * Builds a kind into a folder.
 * @param {Kind} kind
 * @param {string} outdir
 * @param {How} [how]
 * @returns {Promise<Metafile>} what it was made of
 */
export async function bundle(kind, outdir, { urlOf, onRead, options } = {}) {
  running++;
  try {
    const { plugins = [], ...own } = KINDS[kind]();
    const { metafile } = await build({
      absWorkingDir: ROOT,
      outdir,
      bundle: true,
      metafile: true,
      logLevel: 'silent',
      ...own,
      ...options,
      plugins: [readSources(urlOf, onRead), ...plugins],
    });
    return /** @type {Metafile} */ (metafile);
  } finally {
    // It would stay beside us.
    if (--running === 0) await stop();
  }
}

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
const LOADERS = { '.ts': 'ts', '.tsx': 'tsx', '.mjs': 'js', '.css': 'css' };

/**
 * @param {How['urlOf']} urlOf
 * @param {How['onRead']} onRead
 * @returns {Plugin}
 */
const readSources = (urlOf, onRead) => ({
  name: 'read-sources',
  setup({ onLoad }) {
    onLoad({ filter: /\.(ts|tsx|mjs|css)$/ }, async ({ path }) => {
      if (path.includes('/node_modules/')) return undefined;
      if (NO_PART.test(path)) return { contents: '' };
      const file = relative(ROOT, path);
      onRead?.(file);
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
 * Bundles of evidence name the very source that ran (harness/catalogue/catalogue.ts).
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
