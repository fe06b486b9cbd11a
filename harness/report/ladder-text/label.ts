import { span } from '../../expect/format.ts';
import type { Say } from '../../texts/say.ts';
import { flagWords } from '../ladder/flag-words.ts';
import type { SegmentRow } from '../ladder/types.ts';
import { widthOf } from '../wrap.ts';

/** What stands on an arrow, and what does not fit there: it goes below. */
export interface Label {
  on: string;
  below: string[];
}

/** From here on there is room for the numbers as they are on the wire, too. */
const WIDE = 78;

export function labelOf(row: SegmentRow, columns: number, t: Say): Label {
  const { segment, names } = row;
  const { length, options, window, flags } = segment;
  const what = [
    flagWords(flags),
    `seq=${names.seq}`,
    ...(names.ack === undefined ? [] : [`ack=${names.ack}`]),
    ...(length > 0 ? [`len=${length}`] : []),
    ...(window === 0 && !flags.includes('R') ? ['win=0'] : []),
    ...(options.mss === undefined ? [] : [`mss=${options.mss}`]),
  ];
  const on = [what.join(' '), ...notesOf(row, t)];
  const below: string[] = [];
  while (on.length > 1 && widthOf(on.join(', ')) > columns) below.unshift(on.pop() ?? '');
  const label = on.join(', ');
  const wide = columns >= WIDE && below.length === 0 ? `${label}  ${absolute(row)}` : label;
  return { on: widthOf(wide) > columns ? label : wide, below };
}

function notesOf({ again, forged, held, heldFor }: SegmentRow, t: Say): string[] {
  return [
    ...(again ? [t('again')] : []),
    ...(forged ? [t('forged')] : []),
    ...(heldFor === undefined ? [] : [t('held {span}', { span: span(heldFor / 1e6) })]),
    ...(held && heldFor === undefined ? [t('held')] : []),
  ];
}

/** The numbers as the header has them. */
const absolute = ({ segment: { seq, ack } }: SegmentRow): string =>
  `(${seq}${ack === undefined ? '' : `, ${ack}`})`;
