import type { HostName, LabEvent } from '../../../evidence/events.ts';
import { other } from '../../../history/connection.ts';
import { historyOf, type History } from '../../../history/history.ts';
import type { Offered } from '../../../run/walk/queue.ts';
import type { Choice, Guide } from '../../../run/walk/walk.ts';
import { ladderOf } from '../../../present/ladder/ladder.ts';
import { renderLadder } from '../../../present/terminal/ladder/ladder-text.ts';
import { gradeLines, helpLines, questionLines } from '../../../present/terminal/walk/quiz-text.ts';
import { segmentLines } from '../../../present/terminal/walk/segment-line.ts';
import {
  changeLines,
  outlookLine,
  socketLines,
  stopLines,
  type Dress,
} from '../../../present/terminal/walk/stop-text.ts';
import type { Begun } from '../../../evidence/actions.ts';
import { scoreOf, type Answered, type Question } from '../../../evidence/answers.ts';
import { questionsAt } from '../../../quiz/quiz.ts';
import { wrap } from '../../../present/terminal/wrap.ts';
import type { Page } from './page.ts';
import { questionBefore, type Quiz } from './quiz.ts';

/** What a guide needs of the terminal. */
export interface Terminal {
  key(): Promise<string>;
  page: Page;
}

/** Asks at a terminal. With a quiz it asks first what will come of it. */
export class TerminalGuide implements Guide {
  readonly #events: readonly LabEvent[];
  readonly #terminal: Terminal;
  readonly #dress: Dress;
  readonly #quiz: Quiz | undefined;
  /** At a stop, until something is chosen. */
  #asking = false;
  #copied = false;
  #runsOn = false;
  /** A segment has been let go, and what came of it has not been looked at yet. */
  #isGoing = false;

  constructor(
    events: readonly LabEvent[],
    terminal: Terminal,
    dress: Dress,
    quiz: Quiz | undefined,
  ) {
    this.#events = events;
    this.#terminal = terminal;
    this.#dress = dress;
    this.#quiz = quiz;
  }

  /** Up to now. */
  get #history(): History {
    return historyOf(this.#events);
  }

  async stop(offered: () => Offered[]): Promise<Choice> {
    this.#asking = true;
    this.#copied = false;
    let turned = false;
    const inOrder = (): Offered[] => (turned ? offered().toReversed() : offered());
    // As they are now: what comes while somebody thinks is not asked about.
    let questions = this.#show(inOrder());
    const asked = questions.length;
    for (;;) {
      const key = await this.#terminal.key();
      const [first] = inOrder();
      if (first === undefined) continue;
      const [question] = questions;
      if (question !== undefined && this.#answers(question, key)) {
        questions = questions.slice(1);
        if (questions.length === 0) return this.#chosen(first);
        this.#ask(inOrder(), questions);
        continue;
      }
      if (key === 'Enter') return this.#chosen(first);
      if (key === 'c') return this.#runOn();
      if (key === 'Tab' && offered().length > 1 && questions.length === asked) {
        turned = !turned;
        questions = this.#show(inOrder());
      }
      if (this.#looks(key)) this.#ask(inOrder(), questions);
    }
  }

  /** Undefined where there is nothing to ask: the lab goes on at once. */
  before(action: Pick<Begun, 'op' | 'host' | 'args'>): Promise<void> | undefined {
    const question =
      this.#quiz === undefined || this.#runsOn ? undefined : questionBefore(action, this.#history);
    return question && this.#askBefore(question);
  }

  async #askBefore(question: Question): Promise<void> {
    this.#say(['']);
    this.#ask([], [question]);
    for (;;) {
      const key = await this.#terminal.key();
      if (this.#answers(question, key)) return;
      if (key === 'c') {
        this.#runOn();
        return;
      }
      if (this.#looks(key)) this.#ask([], [question]);
    }
  }

  gone(waiting: Offered, from: number): void {
    this.#isGoing = false;
    const changes = changeLines(this.#history, from, waiting, this.#dress);
    this.#terminal.page.show([...changes, ...this.#graded()].map(indented));
  }

  graded(): Answered[] {
    if (this.#isGoing) return [];
    this.#say(this.#graded());
    return this.#quiz?.takeFresh() ?? [];
  }

  /** What came of answers, and why; each is told once. */
  #graded(): string[] {
    const quiz = this.#quiz;
    if (quiz === undefined) return [];
    const before = quiz.answers.length;
    return quiz.grade(this.#history).flatMap((answered, index) => {
      const score = scoreOf(quiz.answers.slice(0, before + index + 1));
      return gradeLines(answered, score, this.#history, this.#dress);
    });
  }

  joined(waiting: Offered): void {
    const { t } = this.#dress;
    if (!waiting.held && !this.#asking) return;
    const [segment = ''] = segmentLines(this.#history, [waiting]);
    this.#say([
      waiting.held
        ? this.#dress.style.colors.dim(t('held by the lab: {segment}', { segment }))
        : t('also waits: {segment}', { segment }),
    ]);
  }

  copied(host: HostName): void {
    if (!this.#asking || this.#copied) return;
    this.#copied = true;
    const { t, style } = this.#dress;
    const text = t('the {host} has sent it again meanwhile; the copy is left out', {
      host: t(host),
    });
    this.#say([style.colors.dim(text)]);
  }

  #chosen(waiting: Offered): Choice {
    this.#asking = false;
    this.#isGoing = true;
    this.#terminal.page.keep();
    return { kind: 'let', waiting };
  }

  #runOn(): Choice {
    this.#asking = false;
    this.#runsOn = true;
    this.#say([this.#dress.t('the rest runs on')]);
    return { kind: 'run on' };
  }

  /** Is this key an answer to it? */
  #answers(question: Question, key: string): boolean {
    const given = key === 'Enter' ? null : Number(key) - 1;
    if (given !== null && question.choices[given] === undefined) return false;
    this.#quiz?.takes(question, given);
    return true;
  }

  /** The questions there are before the first of them goes. */
  #show(offered: readonly Offered[]): Question[] {
    const [first] = offered;
    if (first === undefined) return [];
    this.#say(['', ...stopLines(this.#history, offered, this.#dress)]);
    const questions = this.#questions(first);
    this.#ask(offered, questions);
    return questions;
  }

  #questions({ host, id }: Offered): Question[] {
    if (this.#quiz === undefined) return [];
    const waited = this.#history.waiting.at(host).find((one) => one.id === id);
    return waited === undefined ? [] : questionsAt(this.#history, waited.packet.event);
  }

  /** What would come of it, or the question what will; and the keys. */
  #ask(offered: readonly Offered[], [question]: readonly Question[]): void {
    const { t, style } = this.#dress;
    const [first] = offered;
    if (question !== undefined) this.#say(questionLines(question, this.#history, this.#dress));
    else if (this.#quiz === undefined && first !== undefined)
      this.#say([outlookLine(this.#history, first, t)]);
    const keys = [
      ...(question === undefined
        ? [t('Enter lets it through')]
        : [t('1-{n} answers', { n: question.choices.length }), t('Enter skips')]),
      ...(offered.length > 1 ? [t('Tab: the other one first')] : []),
      ...(this.#quiz === undefined ? [] : [t('? help')]),
      t('s ss'),
      t('p packets'),
      t('c run on'),
      t('q quit'),
    ];
    this.#say(
      wrap(keys.join(` ${style.signs.untried} `), style.columns - INDENT.length).map((line) =>
        style.colors.dim(line),
      ),
    );
  }

  /** Is this a key that shows something? */
  #looks(key: string): boolean {
    if (key === 's') this.#say(socketLines(this.#history, this.#dress));
    else if (key === 'p') this.#say(this.#segments());
    else if (key === '?' && this.#quiz !== undefined) this.#say(helpLines(this.#dress));
    else return false;
    return true;
  }

  #segments(): string[] {
    const lines = renderLadder(ladderOf(this.#events), this.#dress.style);
    return lines.length > 0 ? lines : [this.#dress.t('no packet so far')];
  }

  #say(lines: readonly string[]): void {
    this.#terminal.page.say(lines.map(indented));
  }
}

const INDENT = '   ';
const indented = (line: string): string => (line === '' ? '' : `${INDENT}${line}`);
