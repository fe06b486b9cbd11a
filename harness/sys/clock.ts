import * as libc from './libc.ts';

const CLOCK_REALTIME = 0;

function realtime(): bigint {
  // struct timespec: two longs; 8 octets each on the 64-bit platforms that Node runs on.
  const timespec = Buffer.alloc(16);
  if (libc.clockGettime(CLOCK_REALTIME, timespec) !== 0) throw new Error('clock_gettime failed');
  return timespec.readBigInt64LE(0) * 1_000_000_000n + timespec.readBigInt64LE(8);
}

/** CLOCK_MONOTONIC in nanoseconds: the clock of all evidence. */
export const monotonic = (): bigint => process.hrtime.bigint();

/**
 * CLOCK_REALTIME minus CLOCK_MONOTONIC, in nanoseconds. Captures are stamped with the wall clock.
 * Of a few readings the tightest counts: whatever interrupts one only makes it wider.
 */
export function realtimeAhead(): bigint {
  let best = { width: 1n << 62n, ahead: 0n };
  for (let i = 0; i < 5; i++) {
    const before = monotonic();
    const wall = realtime();
    const after = monotonic();
    if (after - before < best.width) {
      best = { width: after - before, ahead: wall - (before + after) / 2n };
    }
  }
  return best.ahead;
}
