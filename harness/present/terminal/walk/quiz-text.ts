import { isRight, type Answered, type Question, type Score } from '../../../evidence/answers.ts';
import type { History } from '../../../history/history.ts';
import type { Say } from '../../../texts/say.ts';
import {
  choiceInWords,
  gradeInWords,
  questionInWords,
  reasonsInWords,
  scoreInWords,
  subjectInWords,
} from '../../../words/quiz.ts';
import { wrap } from '../wrap.ts';
import type { Dress } from './stop-text.ts';

/** A question, and its choices by the digits that choose them, a line each. */
export function questionLines(question: Question, history: History, { t, style }: Dress): string[] {
  const { bold } = style.colors;
  return [
    ...wrap(questionInWords(question, history, t), style.columns - INDENT).map((line) =>
      bold(line),
    ),
    ...question.choices.flatMap((_, index) =>
      indented(`${index + 1}  `, choiceInWords(question, index, t), style.columns),
    ),
  ];
}

/** What an answer was, and why. */
export function gradeLines(
  answered: Answered,
  score: Score,
  history: History,
  { t, style }: Dress,
): string[] {
  const { colors, signs, columns } = style;
  const right = isRight(answered);
  const [sign, color] =
    right === undefined
      ? [signs.untried, colors.yellow]
      : right
        ? [signs.met, colors.green]
        : [signs.failed, colors.red];
  const said = `${subjectInWords(answered.question, history, t)}: ${gradeInWords(answered, t)}`;
  return [
    ...indented(`${sign} `, `${said} (${scoreInWords(score, t)})`, columns).map((line) =>
      color(line),
    ),
    ...reasonsInWords(answered, history, t).flatMap((reason) => indented('  ', reason, columns)),
  ];
}

/** What `?` tells of the questions. */
export const helpLines = ({ t, style }: Dress): string[] =>
  HELP.flatMap((text) => wrap(t(text), style.columns - INDENT));

const HELP = [
  'A digit chooses an answer; Enter skips the question, which the score then shows.',
  'The answer is right when the run shows it: ss, the tracepoint, the captures and the calls decide, and no table.',
  'Numbers are counted from the first of each side: x for the client, y for the server.',
  's prints what ss shows at both hosts now, p the ladder so far; Tab lets the other segment go first.',
  'c lets the rest run on without questions, q ends the run; what was answered counts.',
] as const;

/** All of it stands a little to the right (guide.ts). */
const INDENT = 3;

function indented(first: string, text: string, columns: number): string[] {
  const lines = wrap(text, columns - INDENT - first.length);
  return lines.map((line, index) => `${index === 0 ? first : ' '.repeat(first.length)}${line}`);
}
