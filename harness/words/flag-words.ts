const WORDS: readonly (readonly [letter: string, word: string])[] = [
  ['S', 'SYN'],
  ['F', 'FIN'],
  ['R', 'RST'],
  ['P', 'PSH'],
  ['U', 'URG'],
  ['E', 'ECE'],
  ['W', 'CWR'],
  ['.', 'ACK'],
];

/** tcpdump's letters as the textbooks have them: `S.` is `SYN+ACK`. */
export function flagWords(flags: string): string {
  const words = WORDS.flatMap(([letter, word]) => (flags.includes(letter) ? [word] : []));
  return words.length === 0 ? flags : words.join('+');
}
