import type { EventOf, LabEvent, VerdictEvent } from '../evidence/events.ts';
import type { Kind } from '../evidence/expectations.ts';
import type { Stream } from '../evidence/stream.ts';
import type { Evaluate, Evaluation, Expectation } from '../expect/expectation.ts';
import { historyOf } from '../history/history.ts';
import { ExpectationError } from '../vocabulary/session.ts';
import { told, ToldError } from '../told.ts';

/** How an expectation ended, as its verdict event says it. */
export type Settled = Omit<VerdictEvent, 'type'>;

interface Open {
  expectation: Expectation;
  evaluate: Evaluate<unknown, Kind>;
  over: boolean;
  settle: (evaluation: Exclude<Evaluation, { verdict: 'pending' }>) => void;
  /** The expectation itself is wrong (it throws): no verdict. */
  fail: (error: unknown) => void;
}

/**
 * The open expectations over a stream: each is evaluated again whenever something arrives. Verdicts
 * depend on the stream alone, so a replay settles them at the very same events. Once a program went
 * beyond a limit, each fails with that.
 */
export class Judge {
  readonly #stream: Stream;
  readonly #open = new Map<number, Open>();
  readonly #onSettled: (settled: Settled) => void;
  #limit: EventOf<'limit'> | undefined;

  constructor(stream: Stream, onSettled: (settled: Settled) => void) {
    this.#stream = stream;
    this.#onSettled = onSettled;
    stream.listen((event) => {
      this.#arrived(event);
    });
  }

  /** Opens expectation `id`, stated with the event just appended. */
  open<T, K extends Kind>(id: number, expectation: Expectation<T, K>, since: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const { events } = this.#stream;
      const statement = { history: historyOf(events), from: events.length, since };
      const stated = expectation.stated(statement);
      this.#open.set(id, {
        expectation: expectation,
        evaluate: stated,
        over: false,
        fail: reject,
        settle: (evaluation) => {
          const settled = { id, ...evaluation };
          if ('value' in settled) delete settled.value;
          this.#onSettled(settled);
          if (evaluation.verdict === 'met') resolve(evaluation.value as T);
          else reject(new ExpectationError(id, expectation.kind));
        },
      });
      this.#evaluate(id);
    });
  }

  isOpen(id: number): boolean {
    return this.#open.has(id);
  }

  /** No evidence will come any more: every open expectation is left without a verdict. */
  abandon(error: unknown): void {
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const { fail } of open) fail(error);
  }

  #arrived(event: LabEvent): void {
    // What is expected, and what came of it, is no new evidence.
    if (event.type === 'verdict' || event.type === 'expect') return;
    if (event.type === 'deadline') {
      const open = this.#open.get(event.id);
      if (open !== undefined) open.over = true;
    }
    if (event.type === 'limit') {
      this.#limit ??= event;
      for (const id of [...this.#open.keys()]) this.#evaluate(id);
      return;
    }
    for (const [id, { expectation }] of [...this.#open]) {
      // What cannot change its answer need not be shown to it: a burst of segments is long.
      const heeded = expectation.heeds?.includes(event.type) ?? true;
      if (heeded || (event.type === 'deadline' && event.id === id)) this.#evaluate(id);
    }
  }

  #evaluate(id: number): void {
    const open = this.#open.get(id);
    if (open === undefined) return;
    try {
      historyOf(this.#stream.events);
      const evaluation = this.#limit === undefined ? open.evaluate(open.over) : beyond(this.#limit);
      if (evaluation.verdict !== 'pending') {
        this.#open.delete(id);
        open.settle(evaluation);
      } else if (open.over)
        throw new ToldError(
          told("'{what}' is undecided after its time is over", { what: open.expectation.kind }),
        );
    } catch (error) {
      this.#open.delete(id);
      open.fail(error);
    }
  }
}

/** A program was ended for what it did too much of. */
const beyond = ({ seq }: EventOf<'limit'>): Evaluation => ({
  verdict: 'failed',
  seen: { limit: seq },
  by: [seq],
});
