import { told } from '../../../told.ts';
import { around } from '../../tolerance.ts';
import type { Cursor } from './cursor.ts';
import type { Gap } from './types.ts';

const MILLISECOND = 1e6;
const UNITS = new Map([
  ['us', 1e3],
  ['ms', MILLISECOND],
  ['s', 1e9],
  ['min', 60e9],
]);

const EXAMPLE = told('a gap is written +1s, +200ms, +1s±10%, +1s..1.5s or +1s..');

/** Reads the gap at the line's start, if there is one: `+1s` or `after 1s`. */
export function readGap(cursor: Cursor): Gap | undefined {
  if (!cursor.take(/\+|after(?=\s|$)/y)) return undefined;
  const time = readTime(cursor);
  if (cursor.take(/\.\.(?=\s|$)/y)) return gap(`${time.written}..`, time.ns, Infinity);
  if (cursor.take(/\.\./y)) return readRange(cursor, time);
  if (cursor.take(/±/y)) return readMargin(cursor, time);
  const { earliest, latest } = around(time.ns / MILLISECOND);
  return gap(time.written, earliest * MILLISECOND, latest * MILLISECOND);
}

interface Time {
  written: string;
  ns: number;
}

function gap(written: string, earliest: number, latest: number): Gap {
  return { written: `+${written}`, earliest: Math.max(0, earliest), latest };
}

function readRange(cursor: Cursor, from: Time): Gap {
  const at = cursor.at;
  const to = readTime(cursor);
  if (to.ns < from.ns) {
    const hint = told('the later time stands last');
    throw cursor.error(told('the gap ends before it begins'), hint, at);
  }
  return gap(`${from.written}..${to.written}`, from.ns, to.ns);
}

function readMargin(cursor: Cursor, time: Time): Gap {
  const percent = cursor.take(/(\d{1,9}(?:\.\d{1,9})?)%/y);
  const margin = percent
    ? { written: percent[0], ns: (time.ns * Number(percent[1])) / 100 }
    : readTime(cursor);
  return gap(`${time.written}±${margin.written}`, time.ns - margin.ns, time.ns + margin.ns);
}

function readTime(cursor: Cursor): Time {
  const found = cursor.take(/(\d{1,9}(?:\.\d{1,9})?)(us|ms|s|min)(?!\w)/y);
  const unit = UNITS.get(found?.[2] ?? '');
  if (!found || unit === undefined) {
    const word = cursor.word();
    const problem = cursor.isAt(/[\d.]+(?=\s|$)/y)
      ? told('the time has no unit: {word}', { word })
      : told('not a time: {word}', { word });
    throw cursor.error(problem, told('units are us, ms, s, min; {hint}', { hint: EXAMPLE }));
  }
  return { written: found[0], ns: Number(found[1]) * unit };
}
