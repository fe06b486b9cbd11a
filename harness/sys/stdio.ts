import { constants } from 'node:os';

import * as libc from './libc.ts';

// <stdio.h>, as far as the originals use it. Node's own streams are of no use here: they deliver
// only when the program returns to the event loop, which a blocking program never does.

const { EAGAIN } = constants.errno;
const POLLIN = 1;
const POLLOUT = 4;

/** A stream to read from: `FILE *`. */
export class InputStream {
  readonly fd: number;
  pending = Buffer.alloc(0);
  /** Set by the first end-of-file and never cleared, as in glibc since 2.28. */
  eof = false;
  constructor(fd: number) {
    this.fd = fd;
  }
}

export const stdin = new InputStream(0);

/**
 * Prints to standard output at once, as C does on a terminal for each line. `%d` takes a number,
 * `%s` a string or a Buffer, which ends at its first NUL.
 */
export function printf(format: string, ...args: (number | string | Buffer)[]): void {
  const literals = format.split(/%[ds]/);
  const pieces = literals.flatMap((literal, index) => {
    const arg = index === 0 ? undefined : args[index - 1];
    return [...(arg === undefined ? [] : [bytesOf(arg)]), Buffer.from(literal)];
  });
  writeAll(1, Buffer.concat(pieces));
}

/** Prints one line to standard error. */
export const eprint = (line: string): void => {
  writeAll(2, Buffer.from(`${line}\n`));
};

/** The octets before the first NUL: what `%s` prints, and `strlen` counts. */
export function cString(memory: Buffer): Buffer {
  const end = memory.indexOf(0);
  return end === -1 ? memory : memory.subarray(0, end);
}

/** `strlen` */
export const strlen = (memory: Buffer): number => cString(memory).length;

/** `strncmp` of a C string with a literal: 0 where their first `n` octets are the same. */
export function strncmp(memory: Buffer, literal: string, n: number): number {
  return Buffer.compare(cString(memory).subarray(0, n), Buffer.from(literal).subarray(0, n));
}

/**
 * `fgets`: reads into `buff` up to and with the next newline, at most `size - 1` octets, and ends
 * them with a NUL. Returns null, `buff` untouched, at end-of-file or after a failed read.
 */
export function fgets(buff: Buffer, size: number, stream: InputStream): Buffer | null {
  if (size > buff.length) throw new RangeError(`size ${size} of a buffer of ${buff.length} octets`);
  while (!stream.pending.includes('\n') && stream.pending.length < size - 1 && fill(stream));
  const newline = stream.pending.indexOf('\n');
  const length = Math.min(newline === -1 ? stream.pending.length : newline + 1, size - 1);
  if (length === 0) return null;
  stream.pending.copy(buff, 0, 0, length);
  buff[length] = 0;
  stream.pending = stream.pending.subarray(length);
  return buff;
}

/** Reads once more; false at the end. */
function fill(stream: InputStream): boolean {
  if (stream.eof) return false;
  const chunk = Buffer.alloc(4096);
  const length = whenReady(stream.fd, POLLIN, () => libc.read(stream.fd, chunk, chunk.length));
  stream.eof = length === 0;
  if (length > 0) stream.pending = Buffer.concat([stream.pending, chunk.subarray(0, length)]);
  return length > 0;
}

function writeAll(fd: number, data: Buffer): void {
  for (let rest = data; rest.length > 0;) {
    const written = whenReady(fd, POLLOUT, () => libc.write(fd, rest, rest.length));
    // printf's own failures go unseen in the originals too.
    if (written < 0) return;
    rest = rest.subarray(written);
  }
}

/**
 * Runs a read or write that is meant to block. A shell's other children (any Node program among
 * them) may have made the shared terminal non-blocking: then wait as if they had not.
 */
function whenReady(fd: number, events: number, run: () => number): number {
  for (;;) {
    const result = run();
    if (result !== -1 || libc.errno() !== EAGAIN) return result;
    // struct pollfd: int fd, short events, short revents
    const pollfd = Buffer.alloc(8);
    pollfd.writeInt32LE(fd, 0);
    pollfd.writeInt16LE(events, 4);
    libc.poll(pollfd, 1, -1);
  }
}

function bytesOf(arg: number | string | Buffer): Buffer {
  return Buffer.isBuffer(arg) ? cString(arg) : Buffer.from(String(arg));
}
