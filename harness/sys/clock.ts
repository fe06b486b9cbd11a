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

/** A reading of both clocks takes less than a microsecond where nothing interrupts it, ns. */
const UNINTERRUPTED = 20_000n;
/** Often enough for any machine: one that is interrupted each time has other troubles. */
const READINGS = 100;

/**
 * CLOCK_REALTIME minus CLOCK_MONOTONIC, and the latter, in nanoseconds. Captures are stamped with the
 * wall clock. Of at least five readings the tightest counts: whatever interrupts one makes it wider.
 */
export function realtimeAhead(): { ahead: bigint; t: bigint } {
  let best = { width: 1n << 62n, ahead: 0n, t: 0n };
  for (let i = 0; i < 5 || (best.width > UNINTERRUPTED && i < READINGS); i++) {
    const before = monotonic();
    const wall = realtime();
    const after = monotonic();
    if (after - before < best.width) {
      best = { width: after - before, ahead: wall - (before + after) / 2n, t: after };
    }
  }
  return { ahead: best.ahead, t: best.t };
}
