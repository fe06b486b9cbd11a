import { perform } from './calls.ts';
import { F_GETFL, F_SETFL, O_NONBLOCK } from './constants.ts';
import * as libc from './libc.ts';

// <fcntl.h>, as far as sockets need it.

/** `fcntl(fd, F_SETFL, O_NONBLOCK)` (fcntl(2)): calls that would wait fail with EAGAIN or EINPROGRESS. */
export function setNonblocking(fd: number): number {
  const flags = libc.fcntl(fd, F_GETFL, 'int', 0);
  return perform('fcntl', [fd, 'F_SETFL', 'O_NONBLOCK'], () =>
    // A descriptor that is none fails here as well, with its errno.
    libc.fcntl(fd, F_SETFL, 'int', flags === -1 ? O_NONBLOCK : flags | O_NONBLOCK),
  );
}
