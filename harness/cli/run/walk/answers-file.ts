import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  isRight,
  misconceptionOf,
  scoreOf,
  type Answered,
  type Misconception,
  type QuestionKind,
  type Score,
} from '../../../evidence/answers.ts';
import type { LabEvent, LabStatus } from '../../../evidence/events.ts';
import { JsonError, parseJson } from '../../../evidence/json.ts';
import { makeAndRemove } from '../../../evidence/make-and-remove.ts';
import { readRegularFile, UnreadableError } from '../../../evidence/regular-file.ts';
import { historyOf, type History } from '../../../history/history.ts';
import { jsonText } from '../../../present/visible.ts';
import { english } from '../../../texts/say.ts';
import { told } from '../../../told.ts';
import { choiceInWords, questionInWords, reasonsInWords } from '../../../words/quiz.ts';
import { UsageError } from '../../errors.ts';

/** What `--answers FILE` writes, for whoever reads it: docs/answers.md. Texts are English. */
export interface AnswersFile {
  answers: 'socket-lab';
  version: 1;
  lab: string;
  title: string;
  /** When the run began, ISO 8601. */
  startedAt: string;
  harness: string;
  /** How the run ended. */
  status: LabStatus;
  score: Score;
  questions: AnsweredQuestion[];
}

export interface AnsweredQuestion {
  kind: QuestionKind;
  question: string;
  /** By the digits that choose them: the first is 1. */
  choices: string[];
  /** The digit that was pressed; null when it was skipped. */
  given: number | null;
  right: number[];
  /** `void`: what came was not among the choices. */
  verdict: 'right' | 'wrong' | 'skipped' | 'void';
  misconception?: Misconception;
  /** Why: rules, and what shows it. */
  reasons: string[];
}

export function answersFile(events: readonly LabEvent[]): AnswersFile {
  const history = historyOf(events);
  const { run, answers, end } = history;
  return {
    answers: 'socket-lab',
    version: 1,
    lab: run?.lab ?? '',
    title: run?.title ?? '',
    startedAt: run?.startedAt ?? '',
    harness: run?.harness ?? '',
    status: end?.status ?? 'broken',
    score: scoreOf(answers),
    questions: answers.map((one) => inFile(one, history)),
  };
}

function inFile(answered: Answered, history: History): AnsweredQuestion {
  const { question, given, right } = answered;
  const misconception = misconceptionOf(answered);
  return {
    kind: question.kind,
    question: questionInWords(question, history, english),
    choices: question.choices.map((_, index) => choiceInWords(question, index, english)),
    given: given === null ? null : given + 1,
    right: right.map((index) => index + 1),
    verdict: verdictOf(answered),
    ...(misconception && { misconception }),
    reasons: reasonsInWords(answered, history, english),
  };
}

function verdictOf(answered: Answered): AnsweredQuestion['verdict'] {
  if (answered.right.length === 0) return 'void';
  if (answered.given === null) return 'skipped';
  return isRight(answered) === true ? 'right' : 'wrong';
}

/** Larger is no file of answers. */
const LARGEST = 1 << 24;

/**
 * A file of answers may be written again; another one that is there is somebody's.
 * @throws UsageError when it could not be written in the end
 */
export async function checkAnswers(file: string): Promise<void> {
  try {
    if (!existsSync(dirname(file)))
      throw new UsageError(told('cannot write to {file}: its folder is not there', { file }));
    await refuseOthers(file);
    // As it will be written: another file beside it, which takes its place.
    await makeAndRemove(beside(file));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new UsageError(
      told('cannot write to {file} ({code}), where {asker} is to go', {
        ...{ file, code, asker: '--answers' },
      }),
    );
  }
}

async function refuseOthers(file: string): Promise<void> {
  try {
    const text = (await readRegularFile(file, { atMost: LARGEST })).toString();
    const known = parseJson(text) as Partial<AnswersFile> | null;
    if (known?.answers === 'socket-lab') return;
  } catch (error) {
    if (error instanceof UnreadableError && error.code === 'ENOENT') return;
    if (!(error instanceof UnreadableError) && !(error instanceof JsonError)) throw error;
  }
  throw new UsageError(
    told('{file} is there and is not a file of answers: name another one', { file }),
  );
}

/** Whole or not at all. */
export async function writeAnswers(file: string, events: readonly LabEvent[]): Promise<void> {
  const made = beside(file);
  try {
    await writeFile(made, `${jsonText(answersFile(events), 2)}\n`, { flag: 'wx' });
    await rename(made, file);
  } catch (error) {
    await rm(made, { force: true });
    throw error;
  }
}

const beside = (file: string): string => join(dirname(file), `.answers-${process.pid}`);
