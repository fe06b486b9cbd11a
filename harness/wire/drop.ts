import { alternatives, flagBits } from '../tcp/frame/flags.ts';

/** Which segments a host loses on arrival. */
export interface DropRule {
  /** tcpdump's letters, exact: `R.`, `F.`, `S`; `S.|.` either; `*` any segment. */
  flags: string;
  /** Only so many, of each alternative; absent: every one. */
  count?: number;
}

/** The flags that it looks for, each alternative's six bits; undefined for any. */
export const bitsOf = ({ flags }: DropRule): number[] | undefined =>
  flags.split('|').includes('*') ? undefined : flags.split('|').map((one) => flagBits(one) ?? 0);

/**
 * Says of one segment after the other, by its octet of flags, whether it is lost.
 * @throws Error when the flags are no letters of tcpdump's.
 */
export function losing({ flags, count = Infinity }: DropRule): (octet: number) => boolean {
  const rules = alternatives(flags).map((isIt) => ({ isIt, left: count }));
  return (octet) => {
    const rule = rules.find(({ isIt, left }) => left > 0 && isIt(octet));
    if (rule === undefined) return false;
    rule.left -= 1;
    return true;
  };
}
