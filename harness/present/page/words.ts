import type { SegmentRow } from '../ladder/types.ts';

/** What else a student looks for in a segment: numbers, payload, a closed window, a SYN's MSS. */
export function numberWords({ names, segment }: SegmentRow): string {
  const { length, window, options, flags } = segment;
  return [
    `seq=${names.seq}`,
    ...(names.ack === undefined ? [] : [`ack=${names.ack}`]),
    ...(length > 0 ? [`len=${length}`] : []),
    ...(window === 0 && !flags.includes('R') ? ['win=0'] : []),
    ...(options.mss === undefined ? [] : [`mss=${options.mss}`]),
  ].join(' ');
}

/** What decides a segment's colour: what it does to a connection. */
export function natureOf({ segment: { flags, length } }: SegmentRow): string {
  if (flags.includes('R')) return 'reset';
  if (flags.includes('S')) return 'open';
  if (flags.includes('F')) return 'close';
  return length > 0 ? 'data' : 'ack';
}

/** Seconds since the run began, to the millisecond. */
export const seconds = (ns: number): string => (ns / 1e9).toFixed(3);
