import { diff } from '../../../tcp/sequence.ts';
import { fieldOf } from './fields.ts';
import { formatCondition, lineParts, type LineWords } from './format.ts';
import { evaluate } from './judge.ts';
import type { Bindings, CarriedSegment, Condition, Line, Side } from './types.ts';

/** A line in one row of words, with the values of its names: `client > server ACK ack=s+1 (1001)`. */
export function describeLine(
  line: Line,
  bindings: Bindings,
  say: Pick<LineWords, 'direction' | 'flags'>,
): string {
  const condition = (one: Condition): string =>
    one.kind === 'presence'
      ? formatCondition(one)
      : conditionInWords(one, evaluate(one, undefined, bindings)).words;
  return lineParts(line, { ...say, condition }).join(' ');
}

/**
 * A condition as it is written, and in words: where it has to be calculated, with the value it asks
 * for (`ack=s+1 (1001)`).
 */
export function conditionInWords(
  condition: Condition,
  wanted?: number,
): { written: string; words: string } {
  const written = formatCondition(condition);
  if (condition.kind === 'presence')
    return { written, words: condition.present ? written : `no ${condition.field}` };
  const literal = condition.terms.length === 1 && condition.terms[0]?.kind === 'number';
  return { written, words: literal || wanted === undefined ? written : `${written} (${wanted})` };
}

/** Beyond this a number has nothing to do with the name: an unscaled window, the largest payload. */
const NEAR = 65_535;

/** The value seen, told by the name that the expected one is told by: `s+2` where it said `s+1`. */
export function nearName(condition: Condition, seen: number, known: Bindings): string | undefined {
  if (condition.kind === 'presence') return undefined;
  const { field, terms } = condition;
  const [named, ...others] = terms.filter((term) => term.kind !== 'number');
  if (named?.kind !== 'name' || named.sign < 0 || others.length > 0) return undefined;
  const value = known.get(named.name);
  if (value === undefined) return undefined;
  const ahead = fieldOf(field).kind === 'serial' ? diff(seen, value) : seen - value;
  if (Math.abs(ahead) > NEAR) return undefined;
  if (ahead === 0) return named.name;
  return `${named.name}${ahead < 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

/** Nanoseconds in the unit a reader would use, exact to the microsecond. */
export function describeDuration(ns: number): string {
  const seconds = Math.abs(ns) >= 1e9;
  return seconds ? `${rounded(ns / 1e9, 6)} s` : `${rounded(ns / 1e6, 3)} ms`;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** Each side's first sequence number in a list: what relative numbers count from. */
export type Bases = ReadonlyMap<Side, number>;

/**
 * A segment's fields as the pattern language writes them: `seq=123 mss=1460 sackOK wscale=7`. What is
 * usual is left out: a length of 0, a window that is open, timestamps. Numbers are absolute; with
 * `bases` the relative ones follow in brackets.
 */
export function describeFields(
  { from, segment }: Pick<CarriedSegment, 'from' | 'segment'>,
  bases?: Bases,
): string {
  const { options } = segment;
  const peer = from === 'server' ? 'client' : 'server';
  const parts = [
    `seq=${segment.seq}${relative(segment.seq, bases?.get(from))}`,
    segment.ack !== undefined && `ack=${segment.ack}${relative(segment.ack, bases?.get(peer))}`,
    segment.length > 0 && `len=${segment.length}`,
    segment.window === 0 && 'win=0',
    options.mss !== undefined && `mss=${options.mss}`,
    options.sackPermitted && 'sackOK',
    options.windowScale !== undefined && `wscale=${options.windowScale}`,
    options.sack !== undefined && 'sack',
  ];
  return parts.filter((part) => typeof part === 'string').join(' ');
}

function relative(value: number, base: number | undefined): string {
  return base === undefined ? '' : ` [${diff(value, base)}]`;
}
