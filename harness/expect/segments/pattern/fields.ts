import type { Segment } from '../../../tcp/segment.ts';

/**
 * - `serial`: arithmetic and order are modulo 2^32 (RFC 9293 3.4; for timestamps RFC 7323 5.2)
 * - `count`: an ordinary number
 * - `mark`: there or not there; it has no value to compare
 */
type FieldKind = 'serial' | 'count' | 'mark';

interface Field {
  kind: FieldKind;
  /** In every segment, so that asking whether it is there makes no sense. */
  always?: true;
  /** The value in a segment; undefined where the segment does not have the field. */
  read: (segment: Segment) => number | undefined;
}

/** What a pattern can say about a segment. Values are the header's own: `win` is not scaled. */
const FIELDS = {
  seq: { kind: 'serial', always: true, read: (s) => s.seq },
  ack: { kind: 'serial', read: (s) => s.ack },
  win: { kind: 'count', always: true, read: (s) => s.window },
  len: { kind: 'count', always: true, read: (s) => s.length },
  mss: { kind: 'count', read: (s) => s.options.mss },
  wscale: { kind: 'count', read: (s) => s.options.windowScale },
  sackOK: { kind: 'mark', read: (s) => (s.options.sackPermitted ? 1 : undefined) },
  sack: { kind: 'mark', read: (s) => s.options.sack?.length },
  tsval: { kind: 'serial', read: (s) => s.options.timestamps?.value },
  tsecr: { kind: 'serial', read: (s) => s.options.timestamps?.echo },
} satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;

export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

export function isFieldName(word: string): word is FieldName {
  return Object.hasOwn(FIELDS, word);
}

export function fieldOf(name: FieldName): Field {
  return FIELDS[name];
}
