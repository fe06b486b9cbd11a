import { FLAG_LETTERS as LETTERS } from '../../../tcp/frame/flags.ts';
import type { Cursor } from './cursor.ts';

const EXAMPLE = 'write S, S., ., P., F., R or R.; P.|. for either; * for any; none for no flag';

/** Reads the flags: alternatives in tcpdump's letters; none at all for `*`. */
export function readFlags(cursor: Cursor): string[] {
  const at = cursor.at;
  const word = cursor.word();
  const found = cursor.take(/[^\s=<>!?]+(?=[\s?]|$)/y);
  if (!found) throw cursor.error(`expected flags, found ${word}`, EXAMPLE);
  if (found[0] === '*') return [];
  const alternatives = found[0].split('|');
  for (const flags of alternatives) {
    const problem = wrongWith(flags);
    if (problem) throw cursor.error(problem, EXAMPLE, at);
  }
  return alternatives;
}

function wrongWith(flags: string): string | undefined {
  if (flags === 'none') return undefined;
  if (flags === '') return 'an empty alternative beside the |';
  if (/^\[.*\]$/.test(flags)) return `"${flags}": flags stand without brackets`;
  const unknown = Array.from(flags).find((letter) => !LETTERS.includes(letter));
  if (unknown !== undefined) return `"${flags}" is no flags: tcpdump has no letter "${unknown}"`;
  const ordered = LETTERS.filter((letter) => flags.includes(letter)).join('');
  return ordered === flags ? undefined : `"${flags}": tcpdump prints these flags as "${ordered}"`;
}
