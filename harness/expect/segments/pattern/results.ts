import type { Difference } from '../../../evidence/expectations.ts';
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
 * - `pending`: nothing contradicts, and a longer list may match; it waits for `expected`.
 * - `impossible`: no segment that could still come makes it match.
 */
export type MatchResult =
  | { kind: 'met'; bindings: Record<string, number>; by: number[]; lines: number[] }
  | { kind: 'pending' | 'impossible'; readonly nearMiss: NearMiss };

/** The furthest that the pattern could be followed, and where it broke. */
export interface NearMiss {
  /** The events that matched before it broke, and the pattern's lines that they matched. */
  matched: number[];
  lines: number[];
  bindings: Record<string, number>;
  /** What was expected; undefined where the pattern was through and `anchored` wanted no more. */
  expected?: { line: number };
  /** Segments that stood where the expected one should be; several only after `...`. */
  candidates: Candidate[];
}

export interface Candidate {
  carried: CarriedSegment;
  /** In the terms of the pattern: `flags`, `len`, `ack`; empty for a segment too many. */
  differs: Difference[];
}
