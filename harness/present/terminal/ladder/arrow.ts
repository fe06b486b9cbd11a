import { fill, fillLeft } from '../wrap.ts';
import type { Signs } from '../style.ts';
import { widthOf } from '../wrap.ts';

/** How an arrow ends that does not reach the other side. */
export type Way =
  | { kind: 'whole' }
  /** It breaks off before the other lane: `//`. */
  | { kind: 'lost'; mark: string }
  /** Its first half: it is still on its way, or held. */
  | { kind: 'leaving'; end: string; mark: string }
  /** Its second half. */
  | { kind: 'arriving' };

/** Columns that an arrow takes beside what stands on it. */
export const ARROW = 5;

/** Where an arrow that does not arrive breaks off. No letter: `x` is a sequence number's. */
export const BROKEN = '//';

/** An arrow across the ladder, from its left edge to its right one or the other way round. */
export function arrow(
  label: string,
  toTheRight: boolean,
  way: Way,
  columns: number,
  { dash }: Signs,
): string {
  const [mark, end, start] = parts(way, toTheRight);
  const room = columns - widthOf(mark) - widthOf(end) - widthOf(start);
  const text = ` ${label} `;
  const left = Math.max(1, Math.floor((room - widthOf(text)) / 2));
  const line = fill(`${dash.repeat(left)}${text}`, room, dash);
  return toTheRight ? `${start}${line}${end}${mark}` : `${mark}${end}${line}${start}`;
}

/** What stands beyond the arrow, what it ends in, and what it begins with. */
function parts(way: Way, toTheRight: boolean): [mark: string, end: string, start: string] {
  const beside = (text: string): string => (toTheRight ? ` ${text} ` : ` ${text} `);
  switch (way.kind) {
    case 'whole':
      return ['', toTheRight ? '>' : '<', ''];
    case 'lost':
      return [beside(way.mark), BROKEN, ''];
    case 'leaving':
      return [beside(way.mark), way.end, ''];
    case 'arriving':
      return ['', toTheRight ? '>' : '<', ' ... '];
  }
}

/** A segment that never leaves its host, on the server's side. */
export const loop = (label: string, isLast: boolean, { dash }: Signs): string =>
  isLast ? `<${dash}'` : `${dash}${dash}. ${label}`;

/** A text on the side of its host. */
export const beside = (text: string, host: 'server' | 'client', columns: number): string =>
  host === 'server' ? ` ${text}` : fillLeft(`${text} `, columns);
