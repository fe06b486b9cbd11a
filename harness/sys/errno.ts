import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';

/** An argument or result of a call as people read it: a number, `127.0.0.1:6000`, `SO_REUSEADDR`. */
export type CallValue = string | number;

/** Second names of EOPNOTSUPP and EAGAIN on Linux; strace and perror use the first. */
const ALIASES = ['ENOTSUP', 'EWOULDBLOCK'];

/** The name of an errno, such as `EADDRINUSE`; `errno 4000` for a number without one. */
export function errnoName(errno: number): string {
  const names = Object.entries(constants.errno).filter(([name]) => !ALIASES.includes(name));
  return names.find(([, value]) => value === errno)?.[0] ?? `errno ${errno}`;
}

/** What an errno means, such as `Address already in use`, the same under every libc. */
export function errnoText(errno: number): string {
  const text = getSystemErrorMap().get(-errno)?.[1] ?? 'Unknown error';
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A call as it would stand in the source: `bind(3, 127.0.0.1:6000)`. */
export const formatCall = (call: string, args: readonly CallValue[]): string =>
  `${call}(${args.join(', ')})`;

/**
 * A system call that returned -1. The message is one line:
 * `bind(3, 127.0.0.1:6000): EADDRINUSE (98), Address already in use`.
 */
export class SocketError extends Error {
  override readonly name = 'SocketError';
  /** The function of libc, such as `bind`. */
  readonly call: string;
  readonly args: readonly CallValue[];
  readonly errno: number;
  /** The errno's name, such as `EADDRINUSE`. */
  readonly code: string;

  constructor(call: string, args: readonly CallValue[], errno: number) {
    const code = errnoName(errno);
    super(`${formatCall(call, args)}: ${code} (${errno}), ${errnoText(errno)}`);
    this.call = call;
    this.args = args;
    this.errno = errno;
    this.code = code;
  }
}
