import type { Begun } from '../../../evidence/actions.ts';
import type { Answered, Question } from '../../../evidence/answers.ts';
import type { History } from '../../../history/history.ts';
import { bindQuestion, gradeOf } from '../../../quiz/quiz.ts';

/** What somebody who predicts has answered. */
export class Quiz {
  /** All whose answers the run has shown. */
  readonly answers: Answered[] = [];
  /** Those that the stream has not got yet. */
  #fresh: Answered[] = [];
  #open: Pick<Answered, 'question' | 'given'>[] = [];

  /** @param given a choice by its index; null: skipped */
  takes(question: Question, given: number | null): void {
    this.#open.push({ question, given });
  }

  /** What can be graded now, as far as it was not before. */
  grade(history: History): Answered[] {
    const all = this.#open.map((one) => ({ one, grade: gradeOf(one.question, history) }));
    const graded = all.flatMap(({ one, grade }) =>
      grade === undefined ? [] : [{ ...one, ...grade }],
    );
    this.#open = all.flatMap(({ one, grade }) => (grade === undefined ? [one] : []));
    this.answers.push(...graded);
    this.#fresh.push(...graded);
    return graded;
  }

  /** Each once. */
  takeFresh(): Answered[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }
}

/** What may be asked before the lab does something: what bind() will return. */
export function questionBefore(
  { op, host, args }: Pick<Begun, 'op' | 'host' | 'args'>,
  history: History,
): Question | undefined {
  const wanted = op === 'run' ? ofArguments((args as { args: string[] }).args) : undefined;
  if (wanted === undefined) return undefined;
  return bindQuestion(history, { ...wanted, host, after: history.events.length - 1, t: Infinity });
}

/** As our servers are started (harness/vocabulary/program.ts). */
function ofArguments(args: readonly string[]): { port: number; reuseAddr: boolean } | undefined {
  const port = args.find((arg) => arg.startsWith('--port='))?.slice('--port='.length);
  return port === undefined
    ? undefined
    : { port: Number(port), reuseAddr: args.includes('--reuse-addr') };
}
