/**
 * Sequence numbers live on a circle of 2^32 (RFC 9293 3.4). What is "before" is decided by the
 * shorter way round, as the kernel's `before()` does (include/net/tcp.h).
 */

/** `sequence` moved on by `octets` (which may be negative), 0..2^32-1. */
export function add(sequence: number, octets: number): number {
  return (sequence + octets) >>> 0;
}

/** The way from `from` to `to` in octets: -2^31..2^31-1, negative when `to` lies behind `from`. */
export function diff(to: number, from: number): number {
  return (to - from) | 0;
}

/** True when `a` comes before `b`. */
export function before(a: number, b: number): boolean {
  return diff(a, b) < 0;
}

/** True when `a` comes after `b`. */
export function after(a: number, b: number): boolean {
  return before(b, a);
}
