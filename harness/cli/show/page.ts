import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pMemoize from 'p-memoize';
import type { Metafile } from 'esbuild';
import { DIST, PACKAGED } from '../../installation.ts';
import type { Built } from '../../page/html.ts';
import { ROOT, stateOf } from '../start/built.mjs';

const CACHE = join(ROOT, 'node_modules/.cache/socket-lab-page');
/** The page as the npm package has it, in its `dist/`. */
export const PACKAGED_PAGE = 'page.json';

const STORED = join(CACHE, 'page.json');

interface Stored extends Built {
  /** By path below the root, as `stateOf` says. */
  sources: Record<string, string>;
}

/** Script and style of the report, built once for every state of their sources. */
export const page = pMemoize(() => (PACKAGED ? packaged() : current()));

const packaged = async (): Promise<Built> =>
  JSON.parse(await readFile(join(DIST, PACKAGED_PAGE), 'utf8')) as Built;

async function current(): Promise<Built> {
  const found = await stored();
  if (found !== undefined) return found;
  const { metafile, ...built } = await buildPage();
  const files = Object.keys(metafile.inputs);
  await store({ ...built, sources: Object.fromEntries(files.map((f) => [f, stateOf(f)])) });
  return built;
}

async function stored(): Promise<Stored | undefined> {
  if (!existsSync(STORED)) return undefined;
  const found = JSON.parse(await readFile(STORED, 'utf8')) as Stored;
  const sources = Object.entries(found.sources);
  return sources.every(([file, state]) => stateOf(file) === state) ? found : undefined;
}

/** Builds script and style; the metafile says of what. */
export async function buildPage(): Promise<Built & { metafile: Metafile }> {
  const esbuild = await import('esbuild');
  try {
    const { outputFiles, metafile } = await esbuild.build({
      absWorkingDir: ROOT,
      entryPoints: [{ in: 'harness/page/main.tsx', out: 'page' }],
      outdir: CACHE,
      write: false,
      bundle: true,
      metafile: true,
      minify: true,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'silent',
    });
    const text = (end: string): string =>
      outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
    return { script: text('.js'), style: text('.css'), metafile };
  } finally {
    // Its service would stay beside us.
    await esbuild.stop();
  }
}

/** Where nothing may be written, the next run builds it again. */
async function store(content: Stored): Promise<void> {
  const temporary = `${STORED}.${process.pid}`;
  try {
    await mkdir(CACHE, { recursive: true });
    await writeFile(temporary, JSON.stringify(content));
    await rename(temporary, STORED);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EROFS') throw error;
  }
}
