import { realpath } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import { told, type Told } from '../told.ts';
import { readHead } from './regular-file.ts';

/** Octets that tell of an archive what it is; unpacked they are some MiB at most. */
const HEAD = 4096;

/** Where a tar archive says that it is one (POSIX.1-2017 pax, ustar). */
const USTAR = { at: 257, word: 'ustar' };

/**
 * What to say of a file that is an archive, of a bundle perhaps; undefined for any other, and for what
 * cannot be read.
 */
export async function archiveOf(path: string): Promise<Told | undefined> {
  const head = await headOf(path).catch(() => undefined);
  const is = head && kindOf(head);
  return is && told('an archive ({kind}): unpack it (`{program}`) and name the folder', is);
}

const headOf = async (path: string): Promise<Buffer> => readHead(await realpath(path), HEAD);

function kindOf(head: Buffer): { kind: string; program: string } | undefined {
  if (head.toString('latin1', 0, 4) === 'PK\x03\x04') return { kind: 'zip', program: 'unzip' };
  if (isTar(head)) return { kind: 'tar', program: 'tar xf' };
  return isTar(unpacked(head)) ? { kind: 'tar.gz', program: 'tar xzf' } : undefined;
}

const isTar = (head: Buffer): boolean =>
  head.toString('latin1', USTAR.at, USTAR.at + USTAR.word.length) === USTAR.word;

/** What gzip makes of the head alone; nothing of what is not compressed. */
function unpacked(head: Buffer): Buffer {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}
