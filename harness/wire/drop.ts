/** Which segments a host loses on arrival. */
export interface DropRule {
  /** tcpdump's letters, exact: `R.`, `F.`, `S`; `S.|.` either; `*` any segment. */
  flags: string;
  /** Only so many, of each alternative; absent: every one. */
  count?: number;
}

/** nft(8) names of tcpdump's letters. */
const FLAGS: Record<string, string> = {
  F: 'fin',
  S: 'syn',
  R: 'rst',
  P: 'psh',
  '.': 'ack',
  U: 'urg',
};
const ALL = '(fin|syn|rst|psh|ack|urg)';

/**
 * The nftables rules that lose segments for good in the host that must not receive them: the
 * capture, which comes first, shows them arriving; TCP never sees them.
 *
 * @throws Error when the flags are no letters of tcpdump's.
 */
export function dropRules({ flags, count }: DropRule): string {
  const match = (letters: string): string =>
    letters === '*' ? 'meta l4proto tcp' : `tcp flags & ${ALL} == ${names(letters)}`;
  // numgen counts from 0 the segments that reach it.
  const first = count === undefined ? '' : ` numgen inc mod ${1 << 30} < ${count}`;
  return [
    'table inet lab_drop {',
    '  chain input {',
    '    type filter hook input priority 0; policy accept;',
    ...flags.split('|').map((letters) => `    ${match(letters)}${first} counter drop`),
    '  }',
    '}',
    '',
  ].join('\n');
}

export const noDropRules = 'table inet lab_drop {}\ndelete table inet lab_drop\n';

function names(flags: string): string {
  const letters = flags === 'none' ? [] : Array.from(flags);
  const names = letters.map((letter) => {
    const name = FLAGS[letter];
    if (name === undefined) throw new Error(`no TCP flag '${letter}' (valid: F S R P . U)`);
    return name;
  });
  return names.length === 0 ? '0x0' : names.join('|');
}
