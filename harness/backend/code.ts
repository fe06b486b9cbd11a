import { basename, join } from 'node:path';
import pMemoize from 'p-memoize';
import { built } from '../build/built.mjs';
import { CACHE, partsIn } from '../build/cache.mjs';
import { DIST, PACKAGED } from '../installation.ts';
import { BackendError } from './errors.ts';
import { told, toldBy } from '../told.ts';

/** What runs inside hosts, as plain JavaScript. */
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

/** Agent and programs, built of their sources as they are; the npm package brings them. */
export const code = pMemoize(async (): Promise<Code> => {
  const dir = PACKAGED ? join(DIST, 'host') : await builtCode();
  const programs = [...programsIn('server'), ...programsIn('client')];
  return {
    dir,
    agent: join(dir, 'agent.cjs'),
    programs: Object.fromEntries(programs.map((program) => [program.name, program])),
  };
});

async function builtCode(): Promise<string> {
  try {
    return await built('host');
  } catch (cause) {
    throw new BackendError(told('cannot prepare the programs: {why}', { why: toldBy(cause) }), {
      hint: told('make {dir} writable for this user', { dir: CACHE }),
      cause,
    });
  }
}

/** Programs under test: what stands in `servers/` and `clients/`. */
const programsIn = (role: Program['role']): Program[] =>
  partsIn(`${role}s`).map((source) => {
    const name = basename(source, '.ts');
    return { name, role, file: `${name}.cjs` };
  });
