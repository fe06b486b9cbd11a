/** What somebody who predicted was right about, graded again. */
import type { LabEvent } from '../evidence/events.ts';
import { historyOf } from '../history/history.ts';
import { gradeOf } from '../quiz/quiz.ts';
import { told } from '../told.ts';
import type { Invariant } from './evidence.ts';

/** A score cannot be made better than it was: what is right, the history that stands before it says. */
const graded: Invariant = {
  name: 'answers',
  says: told('an answer is right by what the run had shown when it was graded'),
  *check(evidence) {
    // It grows from one answer to the next: what stands before each is read once.
    const before: LabEvent[] = [];
    for (const { seq, question, right, by } of evidence.of('answer')) {
      for (const event of evidence.events.slice(before.length, seq)) before.push(event);
      const grade = gradeOf(question, historyOf(before));
      const isSame = grade?.right.join() === right.join() && by.every((one) => one < seq);
      if (!isSame) yield { events: [seq], found: question.kind };
    }
  },
};

/** Nobody predicts who does not walk, and each question is answered once. */
const asked: Invariant = {
  name: 'answers-once',
  says: told('who is asked walks through the lab, and answers each question once'),
  *check(evidence) {
    const known = new Set<string>();
    for (const { seq, question } of evidence.of('answer')) {
      const about = 'segment' in question ? question.segment : question.after;
      const key = `${question.kind} ${about}`;
      if (evidence.run.walked !== true || known.has(key)) yield { events: [seq], found: key };
      known.add(key);
    }
  },
};

export const ofAnswers: readonly Invariant[] = [graded, asked];
