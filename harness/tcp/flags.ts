/** The flags in tcpdump's order and letters (print-tcp.c `tcp_flag_values`). */
const FLAGS: readonly (readonly [bit: number, letter: string])[] = [
  [0x01, 'F'],
  [0x02, 'S'],
  [0x04, 'R'],
  [0x08, 'P'],
  [0x10, '.'],
  [0x20, 'U'],
  [0x40, 'E'],
  [0x80, 'W'],
  // Accurate ECN (RFC 9768); older tcpdumps do not print it.
  [0x100, 'e'],
];

/** The letters alone, in their order. */
export const FLAG_LETTERS: readonly string[] = FLAGS.map(([, letter]) => letter);

/** The ACK flag: `.` among the letters. */
export const ACK = 0x10;

/** The letters of the low nine bits of a TCP header's flags word; `none` without any. */
export function flagLetters(bits: number): string {
  const letters = FLAGS.filter(([bit]) => bits & bit).map(([, letter]) => letter);
  return letters.join('') || 'none';
}

/** The bits of flags in tcpdump's letters; undefined when they are no letters of tcpdump's. */
export function flagBits(letters: string): number | undefined {
  if (letters === 'none') return 0;
  let bits = 0;
  for (const letter of letters) {
    const known = FLAGS.find(([, own]) => own === letter);
    if (known === undefined) return undefined;
    bits |= known[0];
  }
  return bits;
}
