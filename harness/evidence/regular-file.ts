import { constants } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import { told, ToldError, type Told } from '../told.ts';

/** A file that is not read; `code` is that of the system call that failed, if one did. */
export class UnreadableError extends ToldError {
  override readonly name = 'UnreadableError';
  readonly code: string | undefined;
  constructor(reason: Told, code?: string) {
    super(reason);
    this.code = code;
  }
}

// Windows knows neither: there the look before (lstat) has to do.
const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants as Partial<typeof constants>;

/**
 * Reads a file that somebody else has put there: a regular one only, no link (a FIFO would wait for
 * ever, a device never end, a link lead anywhere), and not more of it than `size` says it has.
 * @param size what the file must have, octets, or the most that it may have
 * @throws UnreadableError
 */
export async function readRegularFile(
  path: string,
  size: { exactly: number } | { atMost: number },
): Promise<Buffer> {
  return withRegularFile(path, (file) => readOpened(file, size));
}

/** The first octets of such a file, `most` of them at most. @throws UnreadableError */
export async function readHead(path: string, most: number): Promise<Buffer> {
  return withRegularFile(path, async (file) => {
    refuseOthers(await file.stat());
    const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, 0);
    return buffer.subarray(0, bytesRead);
  });
}

async function withRegularFile<T>(
  path: string,
  read: (file: FileHandle) => Promise<T>,
): Promise<T> {
  try {
    // To open a device may already do something.
    refuseOthers(await lstat(path));
    const file = await open(path, (O_RDONLY ?? 0) | O_NONBLOCK | O_NOFOLLOW);
    try {
      return await read(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new UnreadableError(told('cannot be read ({code})', { code }), code);
  }
}

type Kind = Pick<Awaited<ReturnType<FileHandle['stat']>>, 'isFile' | 'isSymbolicLink'>;

function refuseOthers(kind: Kind): void {
  if (kind.isSymbolicLink())
    throw new UnreadableError(told('is a symbolic link, not a file of its own'));
  if (!kind.isFile()) throw new UnreadableError(told('is not a regular file'));
}

async function readOpened(
  file: FileHandle,
  wanted: { exactly: number } | { atMost: number },
): Promise<Buffer> {
  const about = await file.stat();
  refuseOthers(about);
  const { size } = about;
  if ('atMost' in wanted && size > wanted.atMost) {
    const params = { n: size, m: wanted.atMost };
    throw new UnreadableError(told('is too large: it has {n} octets, more than {m}', params));
  }
  if ('exactly' in wanted && size !== wanted.exactly) refuseSize(size, wanted.exactly);
  // One octet more shows that it has grown meanwhile, or never told its size (as in /proc).
  const content = Buffer.alloc(size + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(content, length, content.length - length, length);
    length += bytesRead;
    if (bytesRead === 0 || length > size) break;
  }
  if (length !== size) refuseSize(length, size);
  return content.subarray(0, size);
}

function refuseSize(n: number, m: number): never {
  throw new UnreadableError(told('cut or added to: it has {n} octets, not {m}', { n, m }));
}
