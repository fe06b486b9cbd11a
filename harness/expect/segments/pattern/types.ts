import type { Segment } from '../../../tcp/segment.ts';
import type { Place } from './error.ts';
import type { FieldName } from './fields.ts';

export type Side = 'server' | 'client';

/** A segment of one connection, as the wire carried it. */
export interface CarriedSegment {
  /** The event's number in the stream. */
  event: number;
  /** Nanoseconds since the run began. */
  t: number;
  from: Side;
  /** It never left that host: what the host sends to itself. */
  inside?: boolean;
  segment: Segment;
}

/** A parsed packet pattern; made by `parsePattern` only. */
export interface Pattern {
  text: string;
  items: readonly Item[];
  /** Names that are calculated with before a line that must be there binds them. */
  needs: readonly NameUse[];
}

export type Item = Between | Line;

/** `...`: any number of segments, also none. */
export interface Between {
  kind: 'between';
  line: number;
}

/** The largest number in `x3`, `x2..5`, `x1+`. */
export const MAX_REPETITIONS = 1000;

/** One line: `min` to `max` consecutive segments that look like this. */
export interface Line {
  kind: 'line';
  /** Its number in the text, from 1; blank lines before the first one do not count. */
  line: number;
  from: Side;
  /** From that host to itself. */
  inside: boolean;
  /** The flags allowed, each in tcpdump's letters; empty for `*`. */
  flags: readonly string[];
  conditions: readonly Condition[];
  gap?: Gap;
  min: number;
  max: number;
}

export type Condition = Comparison | Presence;

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** `ack=s+1`, `len>0`. */
export interface Comparison {
  kind: 'comparison';
  field: FieldName;
  operator: Operator;
  terms: readonly Term[];
}

/** `sackOK`, `!mss`. */
export interface Presence {
  kind: 'presence';
  field: FieldName;
  present: boolean;
}

export type Term = { sign: 1 | -1 } & (
  | { kind: 'number'; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'field'; field: FieldName }
);

/** Time since the segment that the pattern matched before, in nanoseconds, both ends included. */
export interface Gap {
  /** As written, without spaces: `+1s`, `+1s±10%`, `+1s..1.5s`. */
  written: string;
  earliest: number;
  latest: number;
}

/** A use of a name, and the optional line that binds it, if one does. */
export interface NameUse {
  name: string;
  place: Place;
  boundOptionallyOn?: number;
}

export type Bindings = ReadonlyMap<string, number>;
