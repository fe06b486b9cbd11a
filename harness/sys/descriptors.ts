import { fstatSync, openSync } from 'node:fs';

import { CALLS_FD_ENV } from './calls.ts';
import { SocketError } from './errno.ts';
import * as libc from './libc.ts';

// The kernel gives out the lowest free descriptor: a C program's first socket is 3, its first
// connection 4. Node has long taken those for itself when our code begins. So they are occupied
// before node starts, by /dev/null, and given back by the program's first act.

const FIRST = 3;
const LAST = 15;
const F_DUPFD = 0;
const F_SETFD = 2;
/** Linux's number of the null device, major 1 minor 3 (Documentation/admin-guide/devices.txt). */
const DEV_NULL = 0x103;

/** Says that the descriptors 3-15 are occupied by /dev/null. */
export const LOW_FDS_ENV = 'SOCKET_LAB_LOW_FDS';
const LOW_FDS_VALUE = `${FIRST}-${LAST}`;

/** The descriptors that a program has to itself. */
export const LOW_FDS: readonly number[] = Array.from(
  { length: LAST - FIRST + 1 },
  (_, index) => FIRST + index,
);

/**
 * What a launcher adds for `spawn` so that the program need not start twice: thirteen entries for
 * `stdio` from index 3 on, all `devNull` (/dev/null, open for reading and writing), and a variable.
 */
export function reserveLowDescriptors(devNull: number): {
  stdio: number[];
  env: Record<string, string>;
} {
  return { stdio: LOW_FDS.map(() => devNull), env: { [LOW_FDS_ENV]: LOW_FDS_VALUE } };
}

/**
 * Frees the descriptors 3-15 for the program's sockets. Where nobody reserved them (run by hand),
 * the process first becomes a new node in which they are; then this does not return.
 */
export function freeLowDescriptors(): void {
  if (!areReserved()) startAgain();
  for (const fd of LOW_FDS) libc.close(fd);
}

const areReserved = (): boolean =>
  process.env[LOW_FDS_ENV] === LOW_FDS_VALUE && LOW_FDS.every(isDevNull);

function isDevNull(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    return stat.isCharacterDevice() && stat.rdev === DEV_NULL;
  } catch {
    return false;
  }
}

/** Replaces this process by the same program, same pid, with 3-15 occupied. */
function startAgain(): never {
  const devNull = openSync('/dev/null', 'r+');
  const env = { ...process.env, ...keepCallsDescriptor(), [LOW_FDS_ENV]: LOW_FDS_VALUE };
  const argv = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  // Node marks even 0-2 close-on-exec when it starts; its own others it opens so, and they go.
  for (const fd of [0, 1, 2]) keepOpen(fd);
  for (const fd of LOW_FDS) {
    libc.dup2(devNull, fd);
    keepOpen(fd);
  }
  const entries = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  libc.execve(process.execPath, [...argv, null], [...entries, null]);
  throw new SocketError('execve', [process.execPath], libc.errno());
}

const keepOpen = (fd: number): number => libc.fcntl(fd, F_SETFD, 'int', 0);

/** The report's descriptor must survive, and out of the way of 3-15. */
function keepCallsDescriptor(): Record<string, string> {
  const fd = Number(process.env[CALLS_FD_ENV] ?? NaN);
  if (!Number.isInteger(fd)) return {};
  if (fd > LAST) keepOpen(fd);
  if (fd < FIRST || fd > LAST) return {};
  return { [CALLS_FD_ENV]: String(libc.fcntl(fd, F_DUPFD, 'int', LAST + 1)) };
}
