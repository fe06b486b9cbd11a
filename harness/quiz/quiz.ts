/**
 * What somebody who predicts is asked, made from the history so far and the segment that is about to
 * arrive. RFC 9293 makes the choices; which of them is right, the run shows afterwards. Pure, and the
 * same for whoever walks through a lab and for the page that plays one that is over.
 */
import type { Grade, Question } from '../evidence/answers.ts';
import { connectionOfSegment, other } from '../history/connection.ts';
import type { History } from '../history/history.ts';
import { statesNow } from '../history/now.ts';
import { has, opens, takesUp } from '../tcp/segment.ts';
import { bindQuestion, callQuestion, gradeBind, gradeCall } from './calls.ts';
import { expectedFrom, willBeLost, type Expected } from './expected.ts';
import { arrivalOf, comingAt, statesBefore, type Moment } from './moment.ts';
import { dataQuestion, gradeData, gradeTimer, timerQuestion } from './others.ts';
import { gradeSegment, segmentQuestion } from './segments.ts';
import { gradeStates, stateQuestion } from './states.ts';

export { bindQuestion };

/** What is instructive about a segment: at most so many questions each. */
const MOST = 2;

/**
 * Before a segment arrives that the event `event` shows: at the end of the history (somebody walks), or
 * at `t` of a run that is over.
 */
export function questionsAt(history: History, event: number, t = Infinity): Question[] {
  const coming = comingAt(history, event);
  if (coming === undefined) return [];
  const connection = connectionOfSegment(coming.segment, coming.host);
  const opening = opens(coming.segment);
  const states =
    t === Infinity
      ? statesNow(history, connection, opening)
      : statesBefore(history, connection, t, {
          opening,
          arriving: arrivalOf(history, event)?.event,
        });
  const moment: Moment = { ...coming, history, event, t, states };
  const expected = expectedFrom(states[other(coming.host)], history, coming, t);
  const isLost = t === Infinity && willBeLost(history, coming);
  return (
    isLost ? [stateQuestion(moment, { ...expected, then: expected.now })] : chosen(moment, expected)
  ).slice(0, MOST);
}

/** The most instructive first. */
function chosen(moment: Moment, expected: Expected): Question[] {
  const { segment } = moment;
  const moves = expected.now !== expected.then;
  const tells = moves || has(segment, 'SYN') || has(segment, 'FIN') || has(segment, 'RST');
  const state = tells ? stateQuestion(moment, expected) : undefined;
  const call = (): Question | undefined => callQuestion(moment, expected);
  const next = (): Question | undefined => segmentQuestion(moment, expected);
  const order = opens(segment)
    ? [next, call]
    : takesUp(segment)
      ? [call, next]
      : [() => timerQuestion(moment, expected), call, () => dataQuestion(moment), next];
  const more = order.map((make) => make()).filter((one) => one !== undefined);
  return [...(state === undefined ? [] : [state]), ...more];
}

/**
 * What the run has shown of a question, by its history, or by what of it came before `until` (ns);
 * undefined while it has not shown it.
 */
export function gradeOf(question: Question, history: History, until?: number): Grade | undefined {
  switch (question.kind) {
    case 'state':
      return gradeStates(history, question, until);
    case 'segment':
      return gradeSegment(history, question, until);
    case 'call':
      return gradeCall(history, question, until);
    case 'timer':
      return gradeTimer(history, question, until);
    case 'data':
      return gradeData(history, question);
    case 'bind':
      return gradeBind(history, question);
  }
}
