import type { Bindings, CarriedSegment, Line } from './types.ts';

/** A place in the search: `item` of the pattern is to match from segment `at` on. */
export interface State {
  item: number;
  /** Segments that this item, a line with `x3` or `?`, matched already. */
  times: number;
  at: number;
  bindings: Bindings;
  /** The segments matched so far, the last one first. */
  trail: MatchedLine | undefined;
}

/** A line of the pattern and the segment that it matched. */
export interface MatchedLine {
  line: Line;
  carried: CarriedSegment;
  /** The segment's index in the list. */
  at: number;
  /** How many there are up to this one. */
  count: number;
  before: MatchedLine | undefined;
}

/** What a search found out. */
export interface Outcome {
  /** The first way found to match every line. */
  met?: State;
  /** The furthest place where the segments ran out before the pattern did. */
  open?: State;
  /** The furthest place at which the pattern could not be followed, the nearest miss of these. */
  failed: State;
}

/** How many segments matched on the way to a state. */
export function countOf(state: State): number {
  return state.trail?.count ?? 0;
}
