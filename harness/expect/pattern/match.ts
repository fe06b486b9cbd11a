import { lineError } from './error.ts';
import { judge } from './judge.ts';
import { checkNames } from './names.ts';
import { matchedBy, nearMiss } from './near-miss.ts';
import type { MatchOptions, MatchResult } from './results.ts';
import { Search } from './search.ts';
import type { State } from './state.ts';
import type { CarriedSegment, Line, Pattern } from './types.ts';
import { describeLine } from './words.ts';

/**
 * Holds a pattern against the segments of one connection, in the order of the capture.
 *
 * - The first line must match the first segment: the caller passes the segments since the moment
 *   that the pattern speaks of. `...` on the first line lets it begin anywhere.
 * - Each line matches the segment right after the one before; `...` lets others pass in between.
 * - Segments after the last line are allowed, unless `anchored`.
 * - `impossible` comes as soon as no further segment can mend it; with `complete`, also where
 *   segments are missing.
 * - With `anchored`, `met` speaks of the segments so far: the caller says when to look (a socket is
 *   gone, a time has passed).
 *
 * @throws PatternError for a name used before it is bound, or a pattern with too many ways to match
 */
export function matchPattern(
  pattern: Pattern,
  segments: readonly CarriedSegment[],
  options: MatchOptions = {},
): MatchResult {
  const given = new Map(Object.entries(options.bindings ?? {}));
  checkNames(pattern, given);
  const outcome = new Search(pattern, segments, given, options.anchored ?? false).run();
  if (outcome.met) return met(outcome.met);
  if (outcome.open && !options.complete) return pending(pattern, outcome.open);
  return { kind: 'impossible', nearMiss: nearMiss(pattern, segments, outcome.failed) };
}

function met(state: State): MatchResult {
  const { events, lines } = matchedBy(state);
  return { kind: 'met', bindings: Object.fromEntries(state.bindings), by: events, lines };
}

function pending(pattern: Pattern, state: State): MatchResult {
  const { events, lines } = matchedBy(state);
  const line = pattern.items[state.item] as Line;
  return {
    kind: 'pending',
    matched: events,
    lines,
    bindings: Object.fromEntries(state.bindings),
    missing: describeLine(line, state.bindings),
    line: line.line,
  };
}

/**
 * The segments that look like the pattern's only line, wherever they stand: what an expectation of
 * absence ("no segment answers") must not find.
 * @throws PatternError where the pattern is more than one plain line
 */
export function findSegments(
  pattern: Pattern,
  segments: readonly CarriedSegment[],
  bindings: Readonly<Record<string, number>> = {},
): CarriedSegment[] {
  const given = new Map(Object.entries(bindings));
  const line = onlyLine(pattern);
  checkNames(pattern, given);
  return segments.filter((carried) => judge(line, carried, undefined, given).distance === 0);
}

function onlyLine(pattern: Pattern): Line {
  const [first, second] = pattern.items;
  if (first?.kind === 'line' && first.min === 1 && first.max === 1 && !second) return first;
  const line = second?.line ?? first?.line ?? 1;
  const hint = 'write one segment: server > client  R  seq=x';
  throw lineError(pattern.text, line, 'a search takes one line, without ..., ? or x3', hint);
}
