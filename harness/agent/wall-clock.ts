import { WALL_CLOCK_SLEW, WALL_CLOCK_STEP } from '../evidence/clock.ts';
import { told, ToldError } from '../told.ts';

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
    if (Math.abs(moved) <= WALL_CLOCK_STEP + WALL_CLOCK_SLEW * Number(now.t - last.t))
      return now.ahead;
    const params = { n: (moved / 1e6).toFixed(3) };
    throw new ToldError(
      told(
        'the wall clock was set, by {n} ms, while captures were stamped by it: run it again',
        params,
      ),
    );
  }
}
