/** Forged answers of somebody who predicted. */
import type { EventOf, LabEvent } from '../../evidence/events.ts';
import { historyOf } from '../../history/history.ts';
import { gradeOf, questionsAt } from '../../quiz/quiz.ts';
import type { Recorded } from './forge.fixture.ts';
import { any, the, type Change, type Forgery } from './table.fixture.ts';

/** An answer before the end, made of what the run shows of the first FIN. */
const answer =
  (into: (honest: EventOf<'answer'>) => Partial<EventOf<'answer'>>, times = 1) =>
  ({ events }: Recorded): Change => {
    const fin = events.find(
      (event) =>
        event.type === 'packet' && event.direction === 'in' && event.segment?.flags === 'F.',
    );
    const before = events.slice(0, -1);
    const [question] = fin === undefined ? [] : questionsAt(historyOf(before), fin.seq, fin.t);
    const grade = question && gradeOf(question, historyOf(before));
    if (question === undefined || grade === undefined) throw new Error('no question');
    const given = grade.right[0] ?? null;
    const body = { type: 'answer', question, given, ...grade } as EventOf<'answer'>;
    return {
      event: the('end', any, (end): LabEvent[] => [
        ...Array.from({ length: times }, () => {
          return { ...body, ...into(body), seq: end.seq, t: end.t };
        }),
        end,
      ]),
    };
  };

export const ANSWERS: readonly Forgery[] = [
  {
    what: 'a wrong answer said to be right',
    breaks: 'answers',
    change: answer(({ right, question: { choices } }) => {
      const wrong = choices.findIndex((_, index) => !right.includes(index));
      return { given: wrong, right: [wrong] };
    }),
  },
  {
    what: 'an answer by somebody who did not walk',
    breaks: 'answers-once',
    change: answer(() => ({})),
  },
];
