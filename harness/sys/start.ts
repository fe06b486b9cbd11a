import { constants } from 'node:os';

import { freeLowDescriptors } from './descriptors.ts';
import { SocketError } from './errno.ts';
import * as libc from './libc.ts';
import { eprint } from './stdio.ts';

/**
 * What crt0 is to a C program: makes the process what C finds (descriptors from 3 on free, signals
 * at their defaults), runs `main` and exits with 0. Where C says `assert(res != -1)` and aborts, a
 * SocketError that `main` lets through is printed as one line on standard error, and the status
 * is 1.
 */
export function start(main: () => void): never {
  freeLowDescriptors();
  defaultSignals();
  process.exit(status(main));
}

function status(main: () => void): number {
  try {
    main();
    return 0;
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    eprint(error.message);
    return 1;
  }
}

/**
 * Node ignores SIGPIPE, where C dies of it. SIGINT and SIGTERM may have a handler in JavaScript
 * (tsx installs one), which can never run while the program blocks.
 */
function defaultSignals(): void {
  const { SIGPIPE, SIGINT, SIGTERM } = constants.signals;
  for (const signal of [SIGPIPE, SIGINT, SIGTERM]) libc.signal(signal, libc.SIG_DFL);
}

/** What C does by not looking: the call's result, or -1 where it fails. */
export function unchecked(call: () => number): number {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    return -1;
  }
}
