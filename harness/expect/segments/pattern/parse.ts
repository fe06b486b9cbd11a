import { told, type Told } from '../../../told.ts';
import { readCondition } from './conditions.ts';
import { Cursor } from './cursor.ts';
import { lineError, linesOf } from './error.ts';
import { readFlags } from './flags.ts';
import { readGap } from './gap.ts';
import { NameBook } from './names.ts';
import { MAX_REPETITIONS } from './types.ts';
import type { Condition, Gap, Item, Line, Pattern, Side } from './types.ts';

const EXAMPLE = told('a line is written: client > server  .  ack=s+1');

/**
 * Reads a packet pattern; the language is described in `../pattern.ts`.
 * @throws PatternError with the place, what is wrong and what would be right
 */
export function parsePattern(text: string): Pattern {
  const names = new NameBook();
  const items: Item[] = [];
  for (const [index, source] of linesOf(text).entries()) {
    const cursor = new Cursor(index + 1, source);
    if (!cursor.done) items.push(readItem(cursor, items, names));
  }
  if (!items.some((item) => item.kind === 'line')) {
    throw lineError(text, 1, told('the pattern names no segment'), EXAMPLE);
  }
  return { text, items, needs: names.needs };
}

function readItem(cursor: Cursor, before: readonly Item[], names: NameBook): Item {
  if (!cursor.take(/\.\.\.(?=\s|$)/y)) return readLine(cursor, before, names);
  if (cursor.done) return { kind: 'between', line: cursor.line };
  const hint = told('put the segment on the next line');
  throw cursor.error(told('... stands on a line of its own'), hint);
}

function readLine(cursor: Cursor, before: readonly Item[], names: NameBook): Line {
  const at = cursor.at;
  const gap = readGap(cursor);
  if (gap && !before.some((item) => item.kind === 'line' && item.min > 0)) {
    const problem = told('there is no segment before this one to count from');
    throw cursor.error(problem, gapHint(gap), at);
  }
  const direction = readDirection(cursor);
  const flags = readFlags(cursor);
  const conditions: Condition[] = [];
  let times: Times | undefined;
  while (!cursor.done && !(times = readTimes(cursor))) {
    conditions.push(readCondition(cursor, names.reader(cursor)));
  }
  if (!cursor.done)
    throw cursor.error(told('nothing may follow ? or x3'), told('they end the line'));
  const { min, max } = times ?? { min: 1, max: 1 };
  names.endLine(cursor.line, min > 0);
  return {
    kind: 'line',
    line: cursor.line,
    ...direction,
    flags,
    conditions,
    ...(gap && { gap }),
    min,
    max,
  };
}

const gapHint = ({ written }: Gap): Told =>
  told('{gap} belongs to a line after one that must be there', { gap: written });

function readDirection(cursor: Cursor): { from: Side; inside: boolean } {
  const at = cursor.at;
  const found = cursor.take(/(server|client)\s*>\s*(server|client)(?!\w)/y);
  if (!found) {
    const hint = cursor.take(/\?/y) ? told('the ? of an optional segment ends its line') : EXAMPLE;
    throw cursor.error(told('expected server > client or client > server'), hint, at);
  }
  return { from: found[1] as Side, inside: found[1] === found[2] };
}

interface Times {
  min: number;
  max: number;
}

/** How often the line may match: `?`, `x3`, `x2..5`, `x1+`. */
function readTimes(cursor: Cursor): Times | undefined {
  if (cursor.take(/\?/y)) return { min: 0, max: 1 };
  const at = cursor.at;
  const found = cursor.take(/x(\d+)(?:\.\.(\d+)|(\+))?(?=\s|$)/y);
  if (!found) return undefined;
  const min = Number(found[1]);
  const max = found[3] ? Infinity : Number(found[2] ?? found[1]);
  const possible = min <= max && max > 0 && Math.max(min, found[3] ? 0 : max) <= MAX_REPETITIONS;
  if (possible) return { min, max };
  const hint = told('x3, x2..5 or x1+, at most {n}', { n: MAX_REPETITIONS });
  throw cursor.error(told('"{word}" is not a number of times', { word: found[0] }), hint, at);
}
