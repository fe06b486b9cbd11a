import {
  describeFields,
  formatDirection,
  type CarriedSegment,
} from '../expect/segments/pattern.ts';
import { flagNames } from '../tcp/frame/flags.ts';
import type { Say } from '../texts/say.ts';

type Sent = Pick<CarriedSegment, 'from' | 'inside' | 'segment'>;

/** A segment in a row, its flags by their names: `client > server SYN seq=7 mss=1460`. */
export const segmentInWords = (carried: Sent): string =>
  [formatDirection(carried), flagNames(carried.segment.flags), describeFields(carried)].join(' ');

/** Flags that a lab asks for, in tcpdump's letters (`S|S.`), by their names: `SYN or SYN+ACK`. */
export const flagsInWords = (wanted: string, t: Say): string =>
  wanted
    .split('|')
    .map(flagNames)
    .reduce((some, one) => t('{some} or {one}', { some, one }));
