import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeAndRemove } from '../../evidence/make-and-remove.ts';
import { UsageError } from '../errors.ts';
import { told } from '../../told.ts';

/** Where bundles go when nothing is said. */
const RUNS = 'runs';

/** `20261121-120758`, local time. */
export function stamp(now: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `${date}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}

export const defaultFolder = (lab: string, now: Date): string => join(RUNS, `${lab}-${stamp(now)}`);

/**
 * What access(2) says is not what mkdir(2) does (a file system that is full or read-only, a folder that
 * is immutable, a link to nowhere): a folder is made, and removed.
 * @throws UsageError when bundles cannot be written under the current directory
 */
export async function checkDefault(): Promise<void> {
  try {
    await makeAndRemove(join(RUNS, `.${process.pid}`));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const params = { dir: join(process.cwd(), RUNS), code };
    throw new UsageError(told('cannot write to {dir} ({code}); give --out <dir>', params));
  }
}

/**
 * Makes the folder, or one beside it when it is there already: runs that begin in the same second
 * do not meet. Returns the one it made.
 */
export async function claim(folder: string): Promise<string> {
  await mkdir(dirname(folder), { recursive: true });
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? folder : `${folder}-${n}`;
    try {
      await mkdir(candidate);
      return candidate;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
