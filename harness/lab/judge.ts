import type { EventOf, LabEvent } from '../evidence/events.ts';
import type { Stream } from '../evidence/stream.ts';
import {
  failed,
  failureMessage,
  type Evaluation,
  type Expectation,
} from '../expect/expectation.ts';
import { limitInWords, title } from '../expect/program-words.ts';
import { historyOf } from '../history/history.ts';
import { ExpectationError } from './session.ts';

/** How an expectation ended, as its verdict event says it. */
export interface Settled {
  id: number;
  verdict: 'met' | 'failed';
  seen: string;
  by: number[];
}

interface Open {
  expectation: Expectation<unknown>;
  from: number;
  since: number;
  over: boolean;
  settle: (evaluation: Exclude<Evaluation<unknown>, { kind: 'pending' }>) => void;
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
  #settling = false;
  #limit: EventOf<'limit'> | undefined;

  constructor(stream: Stream, onSettled: (settled: Settled) => void) {
    this.#stream = stream;
    this.#onSettled = onSettled;
    stream.listen((event) => {
      this.#arrived(event);
    });
  }

  /** Opens expectation `id`, stated with the event just appended. */
  open<T>(id: number, expectation: Expectation<T>, since: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#open.set(id, {
        expectation,
        from: this.#stream.events.length,
        since,
        over: false,
        fail: reject,
        settle: (evaluation) => {
          const { seen, by } = evaluation;
          const details = evaluation.kind === 'failed' ? evaluation.details : undefined;
          const verdict = evaluation.kind;
          const message = failureMessage(expectation.text, seen, details);
          this.#onSettled({ id, verdict, seen: verdict === 'met' ? seen : message, by });
          if (evaluation.kind === 'met') resolve(evaluation.value as T);
          else reject(new ExpectationError(id, message));
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
    // What we append ourselves while settling is no new evidence.
    if (this.#settling || event.type === 'verdict' || event.type === 'expect') return;
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
      const { expectation, from, since, over } = open;
      const { events } = this.#stream;
      const evaluation =
        this.#limit === undefined
          ? expectation.evaluate({ events, from, since, over })
          : beyond(this.#limit, events);
      if (evaluation.kind !== 'pending') this.#settle(id, open, evaluation);
      else if (over) throw new Error(`'${expectation.text}' is undecided after its time is over`);
    } catch (error) {
      this.#open.delete(id);
      open.fail(error);
    }
  }

  #settle(id: number, open: Open, evaluation: Parameters<Open['settle']>[0]): void {
    this.#open.delete(id);
    this.#settling = true;
    try {
      open.settle(evaluation);
    } finally {
      this.#settling = false;
    }
  }
}

/** A program was ended for what it did too much of: what would be seen now is not what it does. */
function beyond(limit: EventOf<'limit'>, events: readonly LabEvent[]): Evaluation<never> {
  const { host, program, seq } = limit;
  const name = historyOf(events).programs.of(program)?.started.name ?? 'program';
  return failed(`${title({ host, name })} ${limitInWords(limit)}: it was ended`, [seq]);
}
