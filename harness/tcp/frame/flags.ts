import { NotationError, told } from '../../told.ts';

/** The flags in tcpdump's order and letters (print-tcp.c `tcp_flag_values`). */
export const FLAGS = {
  FIN: { bit: 0x01, letter: 'F', name: 'FIN' },
  SYN: { bit: 0x02, letter: 'S', name: 'SYN' },
  RST: { bit: 0x04, letter: 'R', name: 'RST' },
  PSH: { bit: 0x08, letter: 'P', name: 'PSH' },
  ACK: { bit: 0x10, letter: '.', name: 'ACK' },
  URG: { bit: 0x20, letter: 'U', name: 'URG' },
  ECE: { bit: 0x40, letter: 'E', name: 'ECE' },
  CWR: { bit: 0x80, letter: 'W', name: 'CWR' },
  // Accurate ECN (RFC 9768); older tcpdumps do not print it.
  AE: { bit: 0x100, letter: 'e', name: 'AE' },
} as const;

export type FlagName = keyof typeof FLAGS;

const ALL = Object.values(FLAGS);

/** The letters alone, in their order. */
export const FLAG_LETTERS: readonly string[] = ALL.map(({ letter }) => letter);

const LETTERS: readonly string[] = Array.from(
  { length: 0x200 },
  (_, bits) => ALL.map(({ bit, letter }) => (bits & bit ? letter : '')).join('') || 'none',
);

/** The letters of the low nine bits of a TCP header's flags word; `none` without any. */
export const flagLetters = (bits: number): string => LETTERS[bits & 0x1ff] ?? 'none';

/** The bits of flags in tcpdump's letters; undefined when they are no letters of tcpdump's. */
export function flagBits(letters: string): number | undefined {
  if (letters === 'none') return 0;
  let bits = 0;
  for (const letter of letters) {
    const known = ALL.find((flag) => flag.letter === letter);
    if (known === undefined) return undefined;
    bits |= known.bit;
  }
  return bits;
}

/**
 * Flags in tcpdump's letters as the textbooks write a segment: `S.` is `SYN+ACK`. This is how people read
 * them everywhere; the letters are for patterns, which people write.
 */
export const flagNames = (letters: string): string => {
  const bits = flagBits(letters) ?? 0;
  const names = ALL.flatMap(({ bit, name }) => (bits & bit ? [name] : []));
  return names.join('+') || letters;
};

/** Those that a rule looks at (RFC 9293 3.1); not ECN's (RFC 3168). */
export const SIX = 0x3f;

/**
 * Reads which segments are meant: flags in tcpdump's letters, exact (`R.`, `none`), `S.|.` for either,
 * `*` for any. Each alternative says whether a flags word is its.
 * @throws NotationError when there are no such flags
 */
export const alternatives = (wanted: string): ((bits: number) => boolean)[] =>
  wanted.split('|').map((letters) => {
    if (letters === '*') return () => true;
    const bits = flagBits(letters);
    if (bits === undefined || bits > SIX)
      throw new NotationError(told("no TCP flags '{letters}' (valid: F S R P . U)", { letters }));
    return (seen) => (seen & SIX) === bits;
  });

/** Are these flags, in tcpdump's letters, among those that are meant? */
export const areAmong = (flags: string, wanted: string): boolean =>
  alternatives(wanted).some((isIt) => isIt(flagBits(flags) ?? 0));
