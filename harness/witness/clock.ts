/** Turns a kernel's CLOCK_MONOTONIC into nanoseconds since the run began. */
export class RunClock {
  readonly #zero: bigint;

  /** @param zero CLOCK_MONOTONIC at the beginning of the run, on the kernel under test. */
  constructor(zero: bigint) {
    this.#zero = zero;
  }

  at(monotonic: bigint): number {
    return Number(monotonic - this.#zero);
  }
}

/** One exchange with an agent: its clock was read between `sent` and `received` on ours. */
export interface Exchange {
  sent: bigint;
  theirs: bigint;
  received: bigint;
}

/**
 * The other kernel's CLOCK_MONOTONIC minus ours, from the quickest exchange (RFC 5905 8, one
 * sample of the clock offset); half of that exchange's duration is the error.
 */
export function clockOffset(exchanges: readonly Exchange[]): bigint {
  let best: Exchange | undefined;
  for (const exchange of exchanges) {
    if (best === undefined || exchange.received - exchange.sent < best.received - best.sent) {
      best = exchange;
    }
  }
  return best === undefined ? 0n : best.theirs - (best.sent + best.received) / 2n;
}
