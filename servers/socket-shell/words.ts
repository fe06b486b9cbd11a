import { type SockaddrIn, sockaddrIn } from '../../harness/sys/index.ts';

/** A line that is no command; the message says what would be. */
export class BadLine extends Error {
  constructor(problem: string, valid: readonly string[]) {
    super(`${problem} (valid: ${valid.join(', ')})`);
  }
}

/** Reads a word of the line, which may be missing. */
export type Reader<T> = (word: string | undefined) => T;

export function integer(least: number, most: number): Reader<number> {
  return (word) => {
    const value = word !== undefined && /^-?\d+$/.test(word) ? Number(word) : NaN;
    if (value >= least && value <= most) return value;
    throw new BadLine(`${shown(word)} is no number here`, [`${least} to ${most}`]);
  };
}

export function oneOf<Name extends string>(names: readonly Name[]): Reader<Name> {
  return (word) => {
    const found = names.find((name) => name === word);
    if (found !== undefined) return found;
    throw new BadLine(`${shown(word)} is not known here`, names);
  };
}

/** `A.B.C.D:PORT` */
export const endpoint: Reader<SockaddrIn> = (word = '') => {
  const [, address = '', port = ''] = /^([\d.]+):(\d+)$/.exec(word) ?? [];
  try {
    return sockaddrIn(address, integer(0, 65535)(port));
  } catch {
    throw new BadLine(`${shown(word)} is no address`, ['A.B.C.D:PORT']);
  }
};

/** Longest text that one line sends. */
const MOST = 1 << 20;

/** What to send: a text in double quotes, in it `\"`, `\\` and `\n`; or so many octets of `x`, `len=65536`. */
export function text(words: string): string {
  const [, quoted, length] = /^(?:("(?:[^"\\]|\\["\\n])*")|len=(\d+))\s*$/.exec(words) ?? [];
  if (quoted !== undefined) return JSON.parse(quoted) as string;
  if (length !== undefined) return 'x'.repeat(integer(1, MOST)(length));
  throw new BadLine(`${shown(words)} is no text`, ['"hello"', 'len=65536']);
}

const shown = (word = ''): string => (word === '' ? 'nothing' : `'${word}'`);
