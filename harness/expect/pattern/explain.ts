import { segmentRows } from './rows.ts';
import type { Candidate, ExpectedLine, MatchResult, NearMiss } from './results.ts';
import type { CarriedSegment, Item, Pattern } from './types.ts';
import { describeLine, describeSegment } from './words.ts';

/**
 * Tells a reader what came of a match: one line of reason, then each segment with its mark
 * (✓ matched, ✗ stood where another was expected, with what differs; · not compared, or passed by
 * `...`), then the pattern's lines that nothing matched (…). Long runs of segments that decide
 * nothing are folded. Numbers in brackets count from each side's first `seq` in the list.
 */
export function explain(
  pattern: Pattern,
  segments: readonly CarriedSegment[],
  result: MatchResult,
): string {
  const rows = [...segmentRows(segments, result), ...linesToCome(pattern, result)];
  return [reason(result), ...rows].join('\n');
}

function reason(result: MatchResult): string {
  if (result.kind === 'impossible') return broken(result.nearMiss);
  if (result.kind === 'pending') return `still waiting for ${result.missing}`;
  const names = Object.entries(result.bindings).map(([name, value]) => `${name}=${value}`);
  return `matched by ${count(result.by.length)}${names.length > 0 ? `: ${names.join(', ')}` : ''}`;
}

function broken({ expected, nearest, candidates, lines }: NearMiss): string {
  if (!expected) return `expected nothing more but saw ${nearest ? seen(nearest) : 'more'}`;
  const wanted = `expected ${expected.text}${progress(expected)}`;
  if (!nearest) return `${wanted} but nothing more came`;
  if (candidates.length === 1) return `${wanted} but saw ${seen(nearest)}`;
  const after = lines.length > 0 ? ` after line ${lines.at(-1) ?? 0}` : '';
  return `${wanted} but none of the ${count(candidates.length)}${after} is that; nearest: ${seen(nearest)}`;
}

/** How far a line came that asks for several segments, `x3`. */
function progress({ times, of }: ExpectedLine): string {
  if (times === 0) return '';
  return times < of ? ` (${times} of ${of} seen)` : ` (${times} seen)`;
}

/** The segment, and what it differs in that its usual description leaves out. */
function seen({ carried, differences }: Candidate): string {
  const words = describeSegment(carried).split(/ +/);
  const told = (text: string): boolean => words.includes(text.split(' ')[0] ?? '');
  const others = differences
    .filter(({ field, seen }) => field !== 'direction' && field !== 'flags' && !told(seen))
    .map(({ seen }) => `, ${seen}`);
  return `${words.join(' ')}${others.join('')}`;
}

function count(segments: number): string {
  return segments === 1 ? '1 segment' : `${segments} segments`;
}

function linesToCome({ items }: Pattern, result: MatchResult): string[] {
  if (result.kind === 'met') return [];
  const { bindings } = result.kind === 'pending' ? result : result.nearMiss;
  const known = new Map(Object.entries(bindings));
  const text = (item: Item): string =>
    item.kind === 'between' ? '...' : describeLine(item, known);
  return items
    .filter(({ line }) => line > lastTried(result))
    .map((item) => `  … line ${item.line}  ${text(item)}`);
}

/** The last line that a segment's row shows, matched or not. */
function lastTried(result: Exclude<MatchResult, { kind: 'met' }>): number {
  if (result.kind === 'pending') return result.line - 1;
  const { expected, nearest } = result.nearMiss;
  if (!expected) return Infinity;
  return nearest ? expected.line : expected.line - 1;
}
