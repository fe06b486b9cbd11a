import { told } from '../../../told.ts';
import { lineError } from './error.ts';
import { judge } from './judge.ts';
import { checkNames } from './names.ts';
import { matchedBy, nearMiss } from './near-miss.ts';
import type { MatchOptions, MatchResult } from './results.ts';
import { Search } from './search.ts';
import type { State } from './state.ts';
import type { Bindings, CarriedSegment, Line, Pattern } from './types.ts';

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
  return new Matcher(pattern, segments, options).result(options.complete);
}

/** The same over a list that grows: what was compared once is not compared again. */
export class Matcher {
  readonly #pattern: Pattern;
  readonly #segments: readonly CarriedSegment[];
  readonly #given: Bindings;
  readonly #anchored: boolean;
  #search: Search;

  constructor(
    pattern: Pattern,
    segments: readonly CarriedSegment[],
    { bindings = {}, anchored = false }: MatchOptions = {},
  ) {
    this.#pattern = pattern;
    this.#segments = segments;
    this.#given = new Map(Object.entries(bindings));
    this.#anchored = anchored;
    checkNames(pattern, this.#given);
    this.#search = this.#begin();
  }

  result(complete = false): MatchResult {
    const outcome = this.#search.run();
    // What an anchored pattern is met by, one segment more undoes.
    if (this.#anchored) this.#search = this.#begin();
    if (outcome.met) return met(outcome.met);
    const { open, failed } = outcome;
    const pending = open !== undefined && !complete;
    const [pattern, segments] = [this.#pattern, this.#segments];
    return {
      kind: pending ? 'pending' : 'impossible',
      // While more may come nobody asks for it, and it looks at all that has come so far.
      get nearMiss() {
        return nearMiss(pattern, segments, pending ? open : failed);
      },
    };
  }

  #begin(): Search {
    return new Search(this.#pattern, this.#segments, this.#given, this.#anchored);
  }
}

function met(state: State): MatchResult {
  const { events, lines } = matchedBy(state);
  return { kind: 'met', bindings: Object.fromEntries(state.bindings), by: events, lines };
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
  const problem = told('a search takes one line, without ..., ? or x3');
  const hint = told('write one segment: server > client  R  seq=x');
  throw lineError(pattern.text, line, problem, hint);
}
