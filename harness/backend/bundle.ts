import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BackendError } from './errors.ts';
import { isAlive } from './owner.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const CACHE = join(ROOT, 'node_modules/.cache/socket-lab');

/** Where sources of what runs inside a host are. */
const SOURCES = [
  'servers',
  'clients',
  'harness/agent',
  'harness/sys',
  'harness/tcp',
  'harness/wire',
  'harness/witness',
];

/** What runs inside hosts, as plain JavaScript: it starts in a fraction of the time that tsx takes. */
export interface Code {
  dir: string;
  agent: string;
  tracer: string;
  programs: Record<string, Program>;
}

export interface Program {
  name: string;
  role: 'server' | 'client';
  file: string;
}

let made: Promise<Code> | undefined;

/** Bundles agent and programs, once for every state of their sources. */
export const code = (): Promise<Code> => (made ??= make());

async function make(): Promise<Code> {
  const programs = await listPrograms();
  const dir = join(CACHE, await hashOfSources());
  if (!existsSync(dir)) await build(dir, programs);
  return {
    dir,
    agent: join(dir, 'agent.mjs'),
    tracer: join(dir, 'tracer.mjs'),
    programs: Object.fromEntries(programs.map((p) => [p.name, { ...p, file: `${p.name}.mjs` }])),
  };
}

interface Source {
  name: string;
  role: 'server' | 'client';
  source: string;
}

/** Every program under test: what stands in `servers/` and `clients/`. */
async function listPrograms(): Promise<Source[]> {
  const lists = await Promise.all(
    (['server', 'client'] as const).map(async (role) => {
      const files = await readdir(join(ROOT, `${role}s`));
      return files
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => ({
          name: basename(file, '.ts'),
          role,
          source: join(ROOT, `${role}s`, file),
        }));
    }),
  );
  return lists.flat();
}

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of SOURCES) {
    const files = (await readdir(join(ROOT, folder), { recursive: true })).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    );
    for (const file of files.sort()) {
      hash.update(`${folder}/${file}\0`).update(await readFile(join(ROOT, folder, file)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function build(dir: string, programs: Source[]): Promise<void> {
  const esbuild = await import('esbuild');
  const temporary = `${dir}.${process.pid}`;
  const entryPoints = [
    { out: 'agent', in: join(ROOT, 'harness/agent/main.ts') },
    { out: 'tracer', in: join(ROOT, 'harness/witness/tracer.ts') },
    ...programs.map(({ name, source }) => ({ out: name, in: source })),
  ];
  try {
    await dropUnfinished();
    await esbuild.build({
      entryPoints,
      outdir: temporary,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: ['koffi'],
      logLevel: 'silent',
    });
    // Two runs may build at once: the first to arrive wins, and both folders hold the same.
    await rename(temporary, dir).catch(() => rm(temporary, { recursive: true, force: true }));
  } catch (cause) {
    throw new BackendError(`cannot prepare the programs: ${(cause as Error).message}`, {
      hint: `make ${CACHE} writable for this user`,
      cause,
    });
  } finally {
    // Its service would stay beside us.
    await esbuild.stop();
  }
}

/** Folders of builds whose process was killed. */
async function dropUnfinished(): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  for (const name of await readdir(CACHE)) {
    const builder = /^[0-9a-f]+\.(\d+)$/.exec(name)?.[1];
    if (builder !== undefined && !isAlive(Number(builder))) {
      await rm(join(CACHE, name), { recursive: true, force: true });
    }
  }
}
