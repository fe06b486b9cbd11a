import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pMemoize from 'p-memoize';
import { DIST, PACKAGED } from '../installation.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const CACHE = join(ROOT, 'node_modules/.cache/socket-lab');

/** Where the package has it, below DIST. */
export const PACKAGED_CODE = 'host';

/** Where sources of what runs inside a host are. */
const SOURCES = [
  'servers',
  'clients',
  'harness/agent',
  'harness/sys',
  'harness/tcp',
  'harness/wire',
];
const HOW = 'harness/backend/build-code.ts';

/** What runs inside hosts, as plain JavaScript: it starts in a fraction of the time that tsx takes. */
export interface Code {
  dir: string;
  agent: string;
  programs: Record<string, Program>;
}

export interface Program {
  name: string;
  role: 'server' | 'client';
  file: string;
}

/** Agent and programs, bundled once for every state of their sources and of how they are bundled. */
export const code = pMemoize(make);

async function make(): Promise<Code> {
  const programs = await listPrograms();
  const dir = PACKAGED ? join(DIST, PACKAGED_CODE) : await built(programs);
  return {
    dir,
    agent: join(dir, 'agent.cjs'),
    programs: Object.fromEntries(programs.map((p) => [p.name, { ...p, file: `${p.name}.cjs` }])),
  };
}

async function built(programs: Source[]): Promise<string> {
  const dir = join(CACHE, await hashOfSources());
  if (!existsSync(dir)) await (await import('./build-code.ts')).buildCached(dir, programs);
  return dir;
}

export interface Source {
  name: string;
  role: 'server' | 'client';
  source: string;
}

/** Every program under test: what stands in `servers/` and `clients/`. */
export async function listPrograms(): Promise<Source[]> {
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
  const hash = createHash('sha256').update(await readFile(join(ROOT, HOW)));
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
