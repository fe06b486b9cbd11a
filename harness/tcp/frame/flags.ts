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
