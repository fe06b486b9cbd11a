import { told, type Told } from '../../../told.ts';
import { FLAG_LETTERS as LETTERS } from '../../../tcp/frame/flags.ts';
import type { Cursor } from './cursor.ts';

const EXAMPLE = told(
  'write S, S., ., P., F., R or R.; P.|. for either; * for any; none for no flag',
);

/** Reads the flags: alternatives in tcpdump's letters; none at all for `*`. */
export function readFlags(cursor: Cursor): string[] {
  const at = cursor.at;
  const word = cursor.word();
  const found = cursor.take(/[^\s=<>!?]+(?=[\s?]|$)/y);
  if (!found) throw cursor.error(told('expected flags, found {what}', { what: word }), EXAMPLE);
  if (found[0] === '*') return [];
  const alternatives = found[0].split('|');
  for (const flags of alternatives) {
    const problem = wrongWith(flags);
    if (problem) throw cursor.error(problem, EXAMPLE, at);
  }
  return alternatives;
}

function wrongWith(flags: string): Told | undefined {
  if (flags === 'none') return undefined;
  if (flags === '') return told('an empty alternative beside the |');
  if (/^\[.*\]$/.test(flags)) return told('"{flags}": flags stand without brackets', { flags });
  const letter = Array.from(flags).find((one) => !LETTERS.includes(one));
  if (letter !== undefined)
    return told('"{flags}" are not flags: tcpdump has no letter "{letter}"', { flags, letter });
  const ordered = LETTERS.filter((one) => flags.includes(one)).join('');
  return ordered === flags
    ? undefined
    : told('"{flags}": tcpdump prints these flags as "{ordered}"', { flags, ordered });
}
