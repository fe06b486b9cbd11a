import type { Plugin } from 'esbuild';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT, type Source } from './bundle.ts';
import { BackendError } from './errors.ts';
import { isAlive } from './owner.ts';

/** Bundles what runs inside hosts into a folder that stands whole or not at all. */
export async function buildCached(dir: string, programs: readonly Source[]): Promise<void> {
  const temporary = `${dir}.${process.pid}`;
  try {
    await dropUnfinished(dirname(dir));
    await buildCode(temporary, programs);
    // Two runs may build at once: the first to arrive wins, and both folders hold the same.
    await rename(temporary, dir).catch(() => rm(temporary, { recursive: true, force: true }));
  } catch (cause) {
    throw new BackendError(`cannot prepare the programs: ${(cause as Error).message}`, {
      hint: `make ${dirname(dir)} writable for this user`,
      cause,
    });
  }
}

/** Bundles agent and programs, each into a file of its own. */
export async function buildCode(outdir: string, programs: readonly Source[]): Promise<void> {
  const esbuild = await import('esbuild');
  const entryPoints = [
    { out: 'agent', in: join(ROOT, 'harness/agent/main.ts') },
    ...programs.map(({ name, source }) => ({ out: name, in: source })),
  ];
  try {
    await esbuild.build({
      entryPoints,
      outdir,
      outExtension: { '.js': '.cjs' },
      bundle: true,
      format: 'cjs',
      platform: 'node',
      minify: true,
      target: 'node20',
      plugins: [quickKoffi],
      logLevel: 'silent',
    });
  } finally {
    // Its service would stay beside us.
    await esbuild.stop();
  }
}

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

const quickKoffi: Plugin = {
  name: 'quick-koffi',
  setup: (build) => {
    build.onResolve({ filter: /^koffi$/ }, ({ namespace }) =>
      namespace === 'quick' ? { external: true } : { path: 'koffi', namespace: 'quick' },
    );
    build.onLoad({ filter: /^koffi$/, namespace: 'quick' }, () => ({ contents: KOFFI }));
  },
};

/** Folders of builds whose process was killed. */
async function dropUnfinished(cache: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  for (const name of await readdir(cache)) {
    const builder = /^[0-9a-f]+\.(\d+)$/.exec(name)?.[1];
    if (builder !== undefined && !isAlive(Number(builder))) {
      await rm(join(cache, name), { recursive: true, force: true });
    }
  }
}
