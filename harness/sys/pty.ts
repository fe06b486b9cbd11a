import { constants, openSync } from 'node:fs';

import { SocketError } from './errno.ts';
import * as libc from './libc.ts';

const { O_RDWR, O_NOCTTY } = constants;
/** The same on x86_64 and arm64; Node does not name it. */
const O_CLOEXEC = 0o2000000;
const TCSANOW = 0;
/** `struct termios` has 60 octets under glibc and musl. */
const TERMIOS_SIZE = 64;

/** A pseudo-terminal (pty(7)). The caller closes `master`, which hangs the slave up. */
export interface Pty {
  /** Close-on-exec; `new tty.ReadStream(master)` reads it, until EIO when no slave is open. */
  master: number;
  /** `/dev/pts/N`; see {@link openSlave}. */
  slavePath: string;
}

/**
 * A raw pseudo-terminal: no echo, no line editing, no signals from characters, `\n` not turned into
 * `\r\n`. A C program's stdout on it is line-buffered, so that its output arrives when it is
 * printed.
 * @throws SocketError naming the call that failed
 */
export function openPty(): Pty {
  const flags = O_RDWR | O_NOCTTY | O_CLOEXEC;
  const master = check('posix_openpt', [flags], libc.posixOpenpt(flags));
  check('grantpt', [master], libc.grantpt(master));
  check('unlockpt', [master], libc.unlockpt(master));
  makeRaw(master);
  return { master, slavePath: slavePathOf(master) };
}

/** Opens the slave for a program's stdio, without making it this process's controlling terminal. */
export const openSlave = (slavePath: string): number => openSync(slavePath, O_RDWR | O_NOCTTY);

/** On Linux the master's termios are the slave's (drivers/tty/tty_ioctl.c, tty_mode_ioctl). */
function makeRaw(master: number): void {
  const termios = Buffer.alloc(TERMIOS_SIZE);
  check('tcgetattr', [master], libc.tcgetattr(master, termios));
  libc.cfmakeraw(termios);
  check('tcsetattr', [master], libc.tcsetattr(master, TCSANOW, termios));
}

function slavePathOf(master: number): string {
  const name = Buffer.alloc(64);
  const errno = libc.ptsnameR(master, name, name.length);
  if (errno !== 0) throw new SocketError('ptsname_r', [master], errno);
  return name.toString('latin1', 0, name.indexOf(0));
}

function check(call: string, args: number[], result: number): number {
  if (result === -1) throw new SocketError(call, args, libc.errno());
  return result;
}
