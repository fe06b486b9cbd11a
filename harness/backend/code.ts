import { basename, join } from 'node:path';
import pMemoize from 'p-memoize';
import { built } from '../build/built.mjs';
import { CACHE, partsOf } from '../build/cache.mjs';
import { DIST, PACKAGED } from '../installation.ts';
import { BackendError } from './errors.ts';
import { told, toldBy } from '../told.ts';

/** What runs inside hosts, as plain JavaScript. */
export interface Code {
  dir: string;
  agent: string;
  /** The file of each program by its name. */
  programs: Record<string, string>;
}

/** Agent and programs, built of their sources as they are; the npm package brings them. */
export const code = pMemoize(async (): Promise<Code> => {
  const dir = PACKAGED ? join(DIST, 'host') : await builtCode();
  return {
    dir,
    agent: join(dir, 'agent.cjs'),
    programs: Object.fromEntries(partsOf('host').map(namedFile)),
  };
});

async function builtCode(): Promise<string> {
  try {
    return await built('host');
  } catch (cause) {
    const { code: errno = '' } = cause as NodeJS.ErrnoException;
    const isLocked = errno === 'EACCES' || errno === 'EROFS';
    throw new BackendError(told('cannot prepare the programs: {why}', { why: toldBy(cause) }), {
      ...(isLocked && { hint: told('make {dir} writable for this user', { dir: CACHE }) }),
      cause,
    });
  }
}

/** A program under test by its source, `servers/echo-server.ts`. */
function namedFile(source: string): [name: string, file: string] {
  const name = basename(source, '.ts');
  return [name, `${name}.cjs`];
}
