import type { CarriedSegment } from './types.ts';

export interface MatchOptions {
  /** Values of names that something before bound. */
  bindings?: Readonly<Record<string, number>>;
  /** No more segments will come: what is still missing stays missing. */
  complete?: boolean;
  /** Nothing but the pattern may be there: a further segment after its last line fails. */
  anchored?: boolean;
}

/**
 * - `met`: every line matched. `by` are the events, `lines` the pattern's lines that they matched.
 * - `pending`: nothing contradicts, and a longer list may match; `missing` is the line waited for.
 * - `impossible`: no segment that could still come makes it match.
 */
export type MatchResult =
  | { kind: 'met'; bindings: Record<string, number>; by: number[]; lines: number[] }
  | Pending
  | { kind: 'impossible'; nearMiss: NearMiss };

export interface Pending {
  kind: 'pending';
  matched: number[];
  lines: number[];
  bindings: Record<string, number>;
  /** The line waited for, in words, with the values of its names, and its number. */
  missing: string;
  line: number;
}

/** The furthest that the pattern could be followed, and where it broke. */
export interface NearMiss {
  /** The events that matched before it broke, and the pattern's lines that they matched. */
  matched: number[];
  lines: number[];
  bindings: Record<string, number>;
  /** What was expected; undefined where the pattern was through and `anchored` wanted no more. */
  expected?: ExpectedLine;
  /** Segments that stood where the expected one should be; several only after `...`. */
  candidates: Candidate[];
  /** The candidate most like the expected segment; undefined where no more segments came. */
  nearest?: Candidate;
}

export interface ExpectedLine {
  line: number;
  text: string;
  /** How many segments matched this line already, and how many must: `x3`. */
  times: number;
  of: number;
}

export interface Candidate {
  carried: CarriedSegment;
  differences: Difference[];
}

/** One thing in which a segment is not as expected; both sides in words for a reader. */
export interface Difference {
  field: string;
  expected: string;
  seen: string;
}
