import { span } from '../../../words/units.ts';
import type { Say } from '../../../texts/say.ts';
import { flagNames } from '../../../tcp/frame/flags.ts';
import type { SegmentRow } from '../../ladder/types.ts';
import { widthOf } from '../wrap.ts';

/** What stands on an arrow, and what does not fit there: it goes below. */
export interface Label {
  on: string;
  below: string[];
}

/** From here on there is room for the numbers as they are on the wire, too. */
const WIDE = 60;

/** `tellsMss`: also what the SYNs say of the MSS. */
export function labelOf(row: SegmentRow, columns: number, t: Say, { tellsMss = true } = {}): Label {
  const [on, below] = [[...wordsOf(row, tellsMss), ...notesOf(row, t)], [] as string[]];
  while (on.length > 1 && widthOf(on.join(' ')) > columns) below.unshift(on.pop() ?? '');
  const label = on.join(' ').replace(/,$/, '');
  const wide = `${label}  ${absolute(row)}`;
  const hasRoom = columns >= WIDE && below.length === 0 && widthOf(wide) <= columns;
  return { on: hasRoom ? wide : label, below: below.length === 0 ? [] : [below.join(' ')] };
}

/** Flags and numbers; what follows them is told apart by a comma. */
function wordsOf({ segment, names, again }: SegmentRow, tellsMss: boolean): string[] {
  const { length, options, window, flags } = segment;
  return [
    flagNames(flags),
    `seq=${names.seq}`,
    ...(names.ack === undefined ? [] : [`ack=${names.ack}`]),
    ...(length > 0 ? [`len=${length}`] : []),
    ...(window === 0 && !flags.includes('R') ? ['win=0'] : []),
    ...(options.mss === undefined || again || !tellsMss ? [] : [`mss=${options.mss}`]),
  ];
}

function notesOf({ again, injected, heldFor }: SegmentRow, t: Say): string[] {
  const notes = [
    ...(again ? [t('again')] : []),
    ...(injected ? [t('injected')] : []),
    ...(heldFor === undefined ? [] : [t('held {span}', { span: span(heldFor / 1e6) })]),
  ];
  return notes.map((note, i) => (i < notes.length - 1 ? `${note},` : note));
}

/** The numbers as the header has them. */
const absolute = ({ segment: { seq, ack } }: SegmentRow): string =>
  `(${seq}${ack === undefined ? '' : `, ${ack}`})`;
