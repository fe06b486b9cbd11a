import type { HostName, LabEvent } from '../../../evidence/events.ts';
import { other } from '../../../history/connection.ts';
import { historyOf, type History } from '../../../history/history.ts';
import type { Offered } from '../../../run/walk/queue.ts';
import type { Choice, Guide } from '../../../run/walk/walk.ts';
import { ladderOf } from '../../../present/ladder/ladder.ts';
import { renderLadder } from '../../../present/terminal/ladder/ladder-text.ts';
import { choicesFrom, expectedOf } from '../../../present/terminal/walk/expected.ts';
import { segmentLines } from '../../../present/terminal/walk/segment-line.ts';
import {
  changeLines,
  outlookLine,
  socketLines,
  statesSince,
  stopLines,
  type Dress,
} from '../../../present/terminal/walk/stop-text.ts';
import { wrap } from '../../../present/terminal/wrap.ts';
import type { State } from '../../../tcp/states/state.ts';
import type { Page } from './page.ts';
import type { Score } from './score.ts';

/** What a guide needs of the terminal. */
export interface Terminal {
  key(): Promise<string>;
  page: Page;
}

/** Asks at a terminal. With a score it asks first what will come of it. */
export class TerminalGuide implements Guide {
  readonly #events: readonly LabEvent[];
  readonly #terminal: Terminal;
  readonly #dress: Dress;
  readonly #score: Score | undefined;
  #answer: State | undefined;
  /** At a stop, until something is chosen. */
  #asking = false;
  #copied = false;

  constructor(
    events: readonly LabEvent[],
    terminal: Terminal,
    dress: Dress,
    score: Score | undefined,
  ) {
    this.#events = events;
    this.#terminal = terminal;
    this.#dress = dress;
    this.#score = score;
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
    this.#show(inOrder());
    for (;;) {
      const key = await this.#terminal.key();
      const [first] = inOrder();
      if (first === undefined) continue;
      const answer = this.#choices(first)[Number(key) - 1];
      if (key === 'Enter' || answer !== undefined) return this.#chosen(first, answer);
      if (key === 'c') return this.#runOn();
      if (key === 'Tab' && offered().length > 1) {
        turned = !turned;
        this.#show(inOrder());
      }
      if (key === 's' || key === 'p') {
        this.#say(key === 's' ? socketLines(this.#history, this.#dress) : this.#segments());
        this.#ask(inOrder());
      }
    }
  }

  gone(waiting: Offered, from: number): void {
    const changes = changeLines(this.#history, from, waiting, this.#dress);
    const graded = this.#graded(waiting, from);
    this.#terminal.page.show([...changes, ...graded].map(indented));
  }

  #graded(waiting: Offered, from: number): string[] {
    if (this.#answer === undefined || this.#score === undefined) return [];
    const { t, style } = this.#dress;
    const went = statesSince(this.#history, from, waiting);
    const right = this.#score.takes(this.#answer, went);
    const verdict = right
      ? style.colors.green(t('right: {state}', { state: this.#answer }))
      : style.colors.red(
          t('not {answer}: {state}', { answer: this.#answer, state: went.at(-1) ?? '' }),
        );
    return [`${verdict} (${this.#scoreLine()})`];
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

  /** `2 of 3 right` */
  #scoreLine(): string {
    const { right = 0, asked = 0 } = this.#score ?? {};
    return this.#dress.t('{right} of {asked} right', { right, asked });
  }

  #chosen(waiting: Offered, answer: State | undefined): Choice {
    this.#asking = false;
    this.#answer = answer;
    this.#terminal.page.keep();
    return { kind: 'let', waiting };
  }

  #runOn(): Choice {
    this.#asking = false;
    this.#say([this.#dress.t('the rest runs on')]);
    return { kind: 'run on' };
  }

  #show(offered: readonly Offered[]): void {
    const [first] = offered;
    if (first === undefined) return;
    this.#say(['', ...stopLines(this.#history, offered, this.#dress)]);
    this.#ask(offered);
  }

  /** What would come of it, or the question what will; and the keys. */
  #ask(offered: readonly Offered[]): void {
    const [first] = offered;
    if (first === undefined) return;
    const { t, style } = this.#dress;
    if (this.#score === undefined) this.#say([outlookLine(this.#history, first, t)]);
    else this.#say(this.#question(first));
    const keys = [
      t('Enter lets it through'),
      ...(offered.length > 1 ? [t('Tab: the other one first')] : []),
      t('s ss'),
      t('p packets'),
      t('c run on'),
      t('q quit'),
    ];
    this.#say([style.colors.dim(keys.join(` ${style.signs.untried} `))]);
  }

  #question(first: Offered): string[] {
    const { t, style } = this.#dress;
    const host = t(other(first.host));
    const choices = this.#choices(first).map((state, index) => `${index + 1}:${state}`);
    return [
      t('which state will the {host} be in?', { host }),
      ...wrap(choices.join(' '), style.columns - INDENT.length),
    ];
  }

  #choices(first: Offered): State[] {
    if (this.#score === undefined) return [];
    return choicesFrom(expectedOf(this.#history, first));
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
