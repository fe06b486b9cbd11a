// @ts-check
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ROOT } from './built.mjs';

const LAB = /^labs\/[^/]+\.ts$/;
/** A lab may be any file in labs/, but these are none. */
export const NO_LAB = /\.(test|fixture)\.ts$/;

/**
 * @typedef {object} Wanted
 * @property {{ in: string, out: string }[]} entryPoints paths below ROOT
 * @property {string} outdir
 * @property {(file: string) => string} urlOf an expression in place of a source's `import.meta.url`;
 *   its path is below ROOT. One that looks for files beside itself must find them where it was,
 *   not where it has been built to.
 * @property {(file: string) => void} [onRead] called before a source is read
 * @property {import('esbuild').BuildOptions} [options] what differs from a checkout's build
 */

/**
 * Builds the command line with all labs. Parts that a command does not need stay in files of their
 * own; packages are in one file with us: one of a hundred small files takes long to find and load.
 * @param {Wanted} wanted
 */
export function bundle({ entryPoints, outdir, urlOf, onRead, options = {} }) {
  return build({
    absWorkingDir: ROOT,
    entryPoints,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['koffi', 'esbuild', 'tsx', 'cpu-features', '*.node'],
    banner: { js: COMMON_JS },
    logLevel: 'silent',
    plugins: [readSources(urlOf, onRead), later],
    ...options,
  });
}

/** What CommonJS packages find in a module that is none. */
const COMMON_JS = `import { createRequire as commonJs } from 'node:module';
const require = commonJs(import.meta.url), __dirname = import.meta.dirname;`;

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
 * @param {Wanted['urlOf']} urlOf
 * @param {Wanted['onRead']} onRead
 * @returns {import('esbuild').Plugin}
 */
const readSources = (urlOf, onRead) => ({
  name: 'read-sources',
  setup({ onLoad }) {
    onLoad({ filter: /\.(ts|mjs)$/ }, async ({ path }) => {
      if (path.includes('/node_modules/')) return undefined;
      if (NO_LAB.test(path)) return { contents: '' };
      const file = relative(ROOT, path);
      onRead?.(file);
      const source = await readFile(join(ROOT, file), 'utf8');
      const loader = path.endsWith('.ts') ? 'ts' : 'js';
      const contents = source.replaceAll('import.meta.url', urlOf(file));
      return { contents: LAB.test(file) ? contents + hashOf(source) : contents, loader };
    });
  },
});

/**
 * Bundles of evidence name the very source that ran (harness/lab/catalogue.ts).
 * @param {string} source
 */
const hashOf = (source) =>
  `\nexport const sourceHash = '${createHash('sha256').update(source).digest('hex')}';\n`;
