/** Kernel timers never fire early and were seen up to 8 % late (facts: SYN schedule). */
const EARLY = 0.01;
const LATE = 0.13;

/**
 * What a busy machine adds to any wait however short, ms: the time until the process that the timer
 * woke, or the peer that has to answer, gets a processor.
 */
const BUSY = 250;

/** When something may be seen that the kernel does after `wanted` ms. */
export const around = (wanted: number): { earliest: number; latest: number } => ({
  earliest: wanted * (1 - EARLY),
  latest: wanted * (1 + LATE) + BUSY,
});

/** Is a time that lies between `earliest` and `latest`, both ms, about `wanted` ms? */
export function isAbout(wanted: number, earliest: number, latest = earliest): boolean {
  const limits = around(wanted);
  return latest >= limits.earliest && earliest <= limits.latest;
}
