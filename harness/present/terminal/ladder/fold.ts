import { duration } from '../../../words/units.ts';
import type { Say } from '../../../texts/say.ts';
import { widthOf } from '../wrap.ts';
import type { Line } from './layout.ts';

/** Nothing happens for so long, ns: that is said. */
const LONG = 1.5e9;

/** More lines than this are not read by anybody: the first and the last of them are shown. */
const MOST = 160;
const LAST = 40;

/** A line for every long wait, with its length. `since`: when the line before them was. */
export function withWaits(
  lines: readonly Line[],
  columns: number,
  say: Say,
  since?: number,
): Line[] {
  let last = since;
  return lines.flatMap((line) => {
    const wait = line.t === undefined || last === undefined ? 0 : line.t - last;
    last = Math.max(line.t ?? 0, last ?? 0);
    if (line.t === undefined) last = last === 0 ? undefined : last;
    return wait < LONG
      ? [line]
      : [between(say('... {span} ...', { span: duration(wait) }), columns), line];
  });
}

/** The first and the last ones of many. */
export function withoutMiddle(lines: readonly Line[], columns: number, say: Say): Line[] {
  if (lines.length <= MOST) return [...lines];
  const count = lines.length - MOST;
  return [...lines.slice(0, MOST - LAST), moreLine(count, columns, say), ...lines.slice(-LAST)];
}

export const moreLine = (count: number, columns: number, say: Say): Line =>
  between(say('... {count} more lines ...', { count }), columns);

const between = (text: string, columns: number): Line => ({
  between: ' '.repeat(Math.max(0, Math.floor((columns - widthOf(text)) / 2))) + text,
  paint: 'dim',
});
