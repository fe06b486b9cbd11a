/**
 * How far the times of two witnesses may lie apart, ns. All `t` are nanoseconds of CLOCK_MONOTONIC of
 * the kernel under test since the run began; what differs is how a witness comes by them.
 */

/**
 * A capture's times against what the same kernel's monotonic clock has timed itself: samples, calls,
 * the tracepoint. Captures are stamped with the wall clock, and the agent reads the difference of the
 * two for every chunk: 450,000 such readings beside busy processors lay less than 1 us apart. The
 * tracepoint's times are cut to microseconds.
 */
export const CAPTURE_ERROR = 1e5;

/**
 * What the harness did (actions, steps, walking) against what its hosts have seen. On one kernel both
 * read one clock; the clock of another is compared by messages, to half of what the quickest of five
 * takes there and back (RFC 5905 8).
 */
export const HARNESS_ERROR = 2e6;

/** What adjtimex(2) may lead the wall clock by to the right time, a nanosecond. */
export const WALL_CLOCK_SLEW = 1e-3;

/**
 * What two readings of how far it is ahead may differ by besides, ns: to read two clocks is never at one and
 * the same time, and adjtime(3) was seen to lead a virtual machine's in steps of 0.5 ms, one a second.
 */
export const WALL_CLOCK_STEP = 2e6;

/**
 * A segment against the change of state that goes with it, both timed exactly. It is stamped on its
 * way in before TCP has taken it up, and on its way out after: a processor may be busy in between.
 */
export const HANDLED_WITHIN = 5e6;

/**
 * The same where samples show the change: what led from one to the next is looked for so long before
 * and after them. It is less, because `ss` looks some milliseconds after a sample's beginning and
 * before its end.
 */
export const SAMPLE_MARGIN = 2e6;
