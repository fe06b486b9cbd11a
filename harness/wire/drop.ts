/** Which segments a host loses on arrival. */
export interface DropRule {
  /** tcpdump's letters, exact: `R.`, `F.`, `S`; `S.|.` either; `*` any segment. */
  flags: string;
  /** Only so many, of each alternative; absent: every one. */
  count?: number;
}

/** The six that are looked at, by tcpdump's letters (RFC 9293 3.1); not ECN's two (RFC 3168). */
const FLAGS: Record<string, number> = { F: 1, S: 2, R: 4, P: 8, '.': 16, U: 32 };
const ALL = 0x3f;

/**
 * Says of one segment after the other, by its octet of flags, whether it is lost.
 * @throws Error when the flags are no letters of tcpdump's.
 */
export function losing({ flags, count = Infinity }: DropRule): (octet: number) => boolean {
  const alternatives = flags
    .split('|')
    .map((letters) => ({ wanted: letters === '*' ? undefined : octetOf(letters), left: count }));
  return (octet) => {
    const taken = alternatives.find(
      ({ wanted, left }) => left > 0 && (wanted === undefined || wanted === (octet & ALL)),
    );
    if (taken === undefined) return false;
    taken.left -= 1;
    return true;
  };
}

/** Are these flags, as tcpdump prints them, one of the alternatives of `wanted`? */
export const hasFlags = (flags: string, wanted: string): boolean =>
  losing({ flags: wanted })(octetOf(flags.replace(/[^FSRP.U]/g, '') || 'none'));

function octetOf(letters: string): number {
  if (letters === 'none') return 0;
  return Array.from(letters).reduce((octet, letter) => {
    const flag = FLAGS[letter];
    if (flag === undefined) throw new Error(`no TCP flag '${letter}' (valid: F S R P . U)`);
    return octet | flag;
  }, 0);
}
