import { describeFields, type CarriedSegment, type LineWords } from '../expect/segments/pattern.ts';
import { flagNames } from '../tcp/frame/flags.ts';
import type { Say } from '../texts/say.ts';

type Sent = Pick<CarriedSegment, 'from' | 'inside' | 'segment'>;

/** A segment in a row, its flags by their names: `client > server SYN seq=7 mss=1460`. */
export const segmentInWords = (carried: Sent, t: Say): string =>
  [directionInWords(carried, t), flagNames(carried.segment.flags), describeFields(carried)].join(
    ' ',
  );

/** `client > server`. */
export function directionInWords({ from, inside }: Omit<Sent, 'segment'>, t: Say): string {
  const to = (from === 'server') === (inside ?? false) ? 'server' : 'client';
  return `${t(from)} > ${t(to)}`;
}

/** How a line of a packet pattern is read: what authors write in letters is named. */
export const lineWords = (t: Say): Pick<LineWords, 'direction' | 'flags'> => ({
  direction: (line) => directionInWords(line, t),
  flags: (flags) => (flags.length === 0 ? t('any segment') : flagsInWords(flags.join('|'), t)),
});

/** Flags that a lab asks for, in tcpdump's letters (`S|S.`), by their names: `SYN or SYN+ACK`. */
export const flagsInWords = (wanted: string, t: Say): string =>
  wanted
    .split('|')
    .map(flagNames)
    .reduce((some, one) => t('{some} or {one}', { some, one }));
