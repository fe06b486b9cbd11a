import { monotonic } from '../sys/clock.ts';
import type { Notice } from './protocol.ts';
import { Shell } from './shell.ts';
import { toldBy } from '../told.ts';

/** What a student types to see the same (`-H -O` only drop the header and the line breaks). */
const SS = ['ss', '-HO', '-tanpoei'] as const;

/** Milliseconds from one sample to the next: dense after activity, then ever sparser. */
const DENSE = 20;
const SPARSE = 1000;
/** On a busy machine `ss` takes its time, and must not make it busier: so many times that it rests, */
const REST = 4;
/** but not for longer than this, ms: an `ss` that stood still for once says nothing of the next. */
const LONGEST_REST = 400;
/** A long table is looked at less often on its own: so many octets of it a millisecond. */
const READABLE = 250;

/**
 * Samples the host's sockets with `ss`, on demand and on its own. One `ss` at a time: a demand
 * that comes while one runs is answered by the next, which begins after the demand.
 */
export class Sampler {
  readonly #notify: (notice: Notice) => void;
  readonly #settle: () => void;
  readonly #shell = new Shell();
  #interval = DENSE;
  /** Milliseconds by the clock of timers: before it no look is taken unasked. */
  #rested = 0;
  #timer: NodeJS.Timeout | undefined;
  #due = 0;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #stopped = false;

  /**
   * @param settle called when `ss` is done, before the time is taken: tells of all segments that the
   *   kernel has sent so far, so that none that changed what `ss` shows is told of as later than that
   */
  constructor(notify: (notice: Notice) => void, settle: () => void) {
    this.#notify = notify;
    this.#settle = settle;
  }

  /** Something happened: look closely for a while. */
  activity(): void {
    if (this.#stopped) return;
    this.#interval = DENSE;
    this.#schedule();
  }

  /** A sample that begins after this call. */
  async demand(): Promise<void> {
    if (this.#running === undefined) return this.#sample();
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      return this.#sample();
    });
    return this.#next;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
    this.#shell.end();
  }

  #schedule(): void {
    const now = performance.now();
    const due = Math.max(now + this.#interval, this.#rested);
    // Activity without end must not put the next look off without end.
    if (this.#timer !== undefined && this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#interval = Math.min(this.#interval * 10, SPARSE);
      this.demand().then(
        () => {
          if (!this.#stopped) this.#schedule();
        },
        (error: unknown) => {
          this.#notify({ notice: 'trouble', t: monotonic().toString(), message: toldBy(error) });
        },
      );
    }, due - now);
  }

  #sample(): Promise<void> {
    const running = this.#look().finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }

  async #look(): Promise<void> {
    const began = monotonic();
    const stdout = await this.#shell.run(SS);
    this.#settle();
    const ended = monotonic();
    const took = Number(ended - began) / 1e6;
    const rest = Math.min(took * REST, LONGEST_REST);
    this.#rested = performance.now() + Math.max(rest, stdout.length / READABLE);
    this.#notify({
      notice: 'sample',
      began: began.toString(),
      ended: ended.toString(),
      command: 'ss -tanpoei',
      stdout,
    });
  }
}
