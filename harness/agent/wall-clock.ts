import { told, ToldError } from '../told.ts';

/** What adjtimex(2) may lead the clock by to the right time, a nanosecond. */
const SLEW = 1e-3;
/**
 * What two readings may differ by besides, ns (harness/invariants/captures.ts has the same): adjtime(3)
 * was seen to lead a virtual machine's clock in steps of 0.5 ms, one a second.
 */
const STEP = 2e6;

/** How far the wall clock is ahead of the monotonic one, and when that was read, ns. */
export interface Reading {
  ahead: bigint;
  t: bigint;
}

/**
 * The wall clock, by which captures are stamped, as long as nobody sets it: of a frame that was
 * stamped before and is read after that, nobody could say when it was.
 */
export class WallClock {
  readonly #read: () => Reading;
  #last: Reading;

  constructor(read: () => Reading) {
    this.#read = read;
    this.#last = read();
  }

  /** By how much it is ahead, ns. @throws ToldError when somebody has set it since the last time */
  ahead(): bigint {
    const [last, now] = [this.#last, this.#read()];
    this.#last = now;
    const moved = Number(now.ahead - last.ahead);
    if (Math.abs(moved) <= STEP + SLEW * Number(now.t - last.t)) return now.ahead;
    const params = { n: (moved / 1e6).toFixed(3) };
    throw new ToldError(
      told(
        'the wall clock was set, by {n} ms, while captures were stamped by it: run it again',
        params,
      ),
    );
  }
}
