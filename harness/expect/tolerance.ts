/**
 * How far a time that the kernel keeps may be off: its timers never fire early and were seen up to
 * 8 % late; a busy machine, or a virtual one that stands still, adds its own to any wait however short.
 */
const EARLY = 0.01;
const LATE = 0.13;
const BUSY = 500;

/** Is a time that lies between `earliest` and `latest`, both ms, about `wanted` ms? */
export const isAbout = (wanted: number, earliest: number, latest = earliest): boolean =>
  latest >= wanted * (1 - EARLY) && earliest <= wanted * (1 + LATE) + BUSY;
