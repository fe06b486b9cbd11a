/**
 * Packet patterns: a connection's segments told in tcpdump's letters, one line each.
 *
 *     server > client  F.  seq=s
 *     client > server  .   ack=s+1
 *     ...                                        # anything in between, also nothing
 *     client > server  F.  seq=c  ack=s+1
 *     server > client  .   ack=c+1  ?            # may be missing
 *     +1s  client > server  R|R.  !mss  x1..3    # 1 s after the segment matched before
 *
 * A line is `[gap] from > to  flags  [conditions]  [times]`. What is not written does not matter.
 *
 * - Two lines one below the other are two segments of the connection between which the capture has no
 *   other: whatever may stand between them is a line of its own, with `?` or `x1+`, or `...`. Segments
 *   that bring nothing new (retransmissions, the ACKs that answer them, a reset once more) are left out
 *   unless `repeats` is asked for. Before the first line and after the last anything may come, except with
 *   `toHaveCarriedOnly`.
 * - Both captures must have them so. What one segment causes comes after it at either end; two
 *   that cross (data and an ACK that nobody waited for) are in another order at each: put `...` or
 *   `?` there, or await the one at the other end before the next is sent.
 * - `server > server` is a segment that never leaves its host. A pattern of nothing else is looked
 *   for in that host's capture only.
 * - Flags are compared exactly, in tcpdump's letters and order: `S`, `S.`, `.`, `P.`, `F.`, `R`,
 *   `R.`, `none`. `P.|.` allows either, `*` allows any.
 * - Conditions compare a field with a sum of numbers, names and fields of the same segment:
 *   `ack=x+1`, `len>0`, `seq!=x`, `ack=seq`. Operators: `=`, `!=`, `<`, `<=`, `>`, `>=`.
 *   Fields: `seq`, `ack`, `win` (as in the header, not scaled), `len` (payload), `mss`, `wscale`,
 *   `tsval`, `tsecr`. `seq`, `ack` and timestamps are absolute, and calculated and ordered modulo
 *   2^32. A field that a segment lacks fulfils no comparison.
 * - A bare field asks that it is there, `!` that it is not: `sackOK`, `!mss`, `tsval`, `!sack`.
 * - A name binds where it first stands alone (`seq=s`) and must agree from then on. To calculate
 *   with a name that is not bound, or only on an optional line, is an error.
 * - Times: `?` at the end of a line for none or one, `x3`, `x2..5`, `x1+`.
 * - A gap is the time since the segment that the pattern matched before. `+1s` (or `after 1s`)
 *   allows for late timers and a busy machine; `+1s±10%`, `+1s±50ms`, `+1s..1.5s` and `+1s..` are
 *   exact. Units: us, ms, s, min.
 *
 * How a pattern is held against segments: `matchPattern`.
 */
export { PatternError } from './pattern/error.ts';
export { formatLine, formatPattern, type LineWords } from './pattern/format.ts';
export { findSegments, Matcher, matchPattern } from './pattern/match.ts';
export { checkNames } from './pattern/names.ts';
export { parsePattern } from './pattern/parse.ts';
export type { Candidate, MatchOptions, MatchResult, NearMiss } from './pattern/results.ts';
export type { CarriedSegment, Item, Line, Pattern, Side } from './pattern/types.ts';
export {
  conditionInWords,
  describeDuration,
  describeFields,
  describeLine,
  nearName,
  type Bases,
} from './pattern/words.ts';
