import type { HostName } from '../../../evidence/events.ts';
import { span } from '../../../words/units.ts';
import { askedInWords } from '../../../words/verdicts.ts';
import type { Say } from '../../../texts/say.ts';
import type { CallRow, LadderConnection, StateRow } from '../../ladder/types.ts';
import type { Style } from '../style.ts';
import { fill } from '../wrap.ts';
import type { Item } from './items.ts';
import { headings, headingsAcross, spaceBetween, type Lane, type Line } from './layout.ts';
import { phraseOf, type AtHost } from './phrases.ts';
import { isInside, type Ports } from './ports.ts';
import { moreLine } from './fold.ts';
import { EndStates } from './end-states.ts';
import { segmentLines } from './segment-lines.ts';
import { textLines } from './text-lines.ts';

/** What a state begins with, if that comes so soon after it, ns. */
const SOON = 20e6;

/** Draws items line by line; what has been drawn stays as it is. */
export class Drawing {
  readonly #endStates = new EndStates();
  /** Whose ends' states stand below the last heading; their port tells that they go on. */
  readonly #told = new Set<number>();

  #connections: readonly LadderConnection[] = [];
  #ports: Ports;
  #options: { tellsMss: boolean };
  #style: Style;
  readonly #t: Say;

  /** `style`: of what is left beside the column of ports. */
  constructor(ports: Ports, style: Style, t: Say, options = { tellsMss: true }) {
    this.#ports = ports;
    this.#style = style;
    this.#t = t;
    this.#options = options;
  }

  /** From now on, since more connections have come. */
  change(ports: Ports, style: Style, options: { tellsMss: boolean }): void {
    [this.#ports, this.#style, this.#options] = [ports, style, options];
  }

  /** Each of its lines belongs to one of several connections, or to none. */
  get #several(): boolean {
    return this.#ports.width > 0;
  }

  draw(items: readonly Item[], connections: readonly LadderConnection[]): Line[] {
    this.#connections = connections;
    this.#endStates.connections = connections;
    const lines: Line[] = [];
    let waiting: StateRow[] = [];
    let still: Partial<Line> = {};
    items.forEach((item, i) => {
      still = { ...still, ...this.#turnTo(item) };
      if (item.kind === 'state' && this.#goesWith(item.row, items[i + 1])) {
        waiting = [...waiting, item.row];
        return;
      }
      const [first, ...rest] = this.#linesOf(item, waiting, items[i + 1]);
      const whose = this.#portsOf(connectionOf(item) ?? waiting[0]?.connection);
      if (first !== undefined) lines.push({ ...still, ...whose, ...first }, ...rest);
      [waiting, still] = [[], {}];
    });
    return lines;
  }

  /** Where both ends are when all is drawn, if it is of one connection. */
  close(): Line[] {
    if (this.#several) return [];
    const ends = this.#endStates.both();
    return ends.server === undefined && ends.client === undefined
      ? []
      : [{ ...this.#rule(this.#t('at the end')), ...ends }];
  }

  /** No heading of a step, but a line that stands where one ends. */
  #rule(text: string): Line {
    const { dash } = this.#style.signs;
    const between = fill(`${dash.repeat(2)} ${text} `, spaceBetween(this.#style), dash);
    return { between, paint: 'dim' };
  }

  /** Another connection than before: what its ends are in already, once below each heading. */
  #turnTo(item: Item): Partial<Line> {
    const connection = connectionOf(item);
    if (connection === undefined || connection === this.#endStates.connection) return {};
    const ends = this.#connections[connection];
    if (ends !== undefined && isInside(ends)) return {};
    this.#endStates.connection = connection;
    if (!this.#several || this.#told.has(connection)) return {};
    this.#told.add(connection);
    return this.#endStates.both();
  }

  #portsOf(connection: number | undefined): Partial<Line> {
    const ends = this.#connections[connection ?? -1];
    return this.#several && ends !== undefined && !isInside(ends)
      ? { ports: this.#ports.of(ends) }
      : {};
  }

  /** Does the state begin with what comes next at its host: the segment or the call that made it? */
  #goesWith(row: StateRow, next: Item | undefined): boolean {
    if (next === undefined || next.t - row.t > SOON) return false;
    if (next.kind === 'state' || this.#isInside(row)) return false;
    if (next.kind === 'segment') {
      const isIts = next.row.from === row.host && next.row.connection === row.connection;
      return isIts && next.part !== 'arriving' && !isGone(row);
    }
    return (
      next.kind === 'at host' &&
      next.row.kind === 'call' &&
      next.row.host === row.host &&
      (!this.#several || (next.row.about ?? row.connection) === row.connection) &&
      !isGone(row)
    );
  }

  #linesOf(item: Item, waiting: readonly StateRow[], next: Item | undefined): Line[] {
    for (const row of waiting) this.#endStates.enter(row);
    const lanes = Object.fromEntries(waiting.map(({ host, state }) => [host, { state }]));
    const [first, ...rest] = this.#ownLines(item, next);
    return first === undefined ? [] : [{ ...first, ...lanes }, ...rest, ...this.#notes(waiting)];
  }

  #ownLines(item: Item, next: Item | undefined): Line[] {
    switch (item.kind) {
      case 'segment': {
        const lines = segmentLines(item, this.#style, this.#t, this.#options);
        for (const state of item.states) this.#endStates.enter(state);
        return [...lines, ...this.#notes(item.states)];
      }
      case 'state':
        return this.#stateLines(item.row);
      case 'at host':
        return this.#atHost(item.row);
      case 'step':
        if (item.row.phase === 'end')
          return next === undefined || next.kind === 'step' ? [] : [this.#rule(this.#t('then'))];
        this.#told.clear();
        return this.#heading(this.#t(item.row.title), item.t);
      case 'more':
        return [moreLine(item.count, spaceBetween(this.#style), this.#t)];
      case 'failed':
        return this.#beside(
          `${this.#style.signs.failed} ${this.#t('expected {what}', {
            what: askedInWords(item.row.stated.expect, this.#t),
          })}`,
          'server',
        ).map((line) => ({ ...line, paint: 'red' }));
    }
  }

  /** A step may be about several connections: each tells its states where it comes next. */
  #heading(title: string, t: number): Line[] {
    if (!this.#several) return headings(title, t, this.#endStates.both(), this.#style);
    this.#endStates.connection = undefined;
    return headingsAcross(title, t, this.#style);
  }

  #stateLines(row: StateRow): Line[] {
    if (this.#isInside(row)) return this.#beside(this.#insidePhrase(row), row.host, row.t);
    this.#endStates.enter(row);
    if (isGone(row))
      return this.#beside(this.#t('the listening socket is closed'), row.host, row.t);
    return [{ t: row.t, [row.host]: { state: row.state } }, ...this.#notes([row])];
  }

  #beside(text: string, host: HostName, t?: number): Line[] {
    return textLines(text, host, spaceBetween(this.#style), t);
  }

  #isInside({ connection }: StateRow): boolean {
    const ends = this.#connections[connection ?? -1];
    return ends !== undefined && isInside(ends);
  }

  #insidePhrase({ local: { port }, state }: StateRow): string {
    return this.#t('port {port}: {state}', { port, state });
  }

  /** Why a port is still taken when no program is there any more. */
  #notes(states: readonly StateRow[]): Line[] {
    return states.flatMap(({ state, leftMs, host }) =>
      state === 'TIME-WAIT' && leftMs !== undefined
        ? this.#beside(
            this.#t('(the kernel keeps it {span} more)', { span: span(leftMs) }),
            host,
          ).map((line): Line => ({ ...line, signs: ['remark'] }))
        : [],
    );
  }

  #atHost(row: AtHost): Line[] {
    const phrase = phraseOf(row, this.#t);
    const { host } = row;
    if (phrase === undefined) return [];
    const lines = this.#beside(phrase, host, row.t);
    if (row.kind === 'action')
      return lines.map((line) => ({ ...line, paint: 'dim', signs: ['action'] }));
    if (row.kind !== 'call' || row.error === undefined) return lines;
    const still = this.#stillAt(row);
    return lines.map((line, i) => ({
      ...line,
      ...(i === 0 && still ? { [host]: still } : {}),
      paint: 'red',
    }));
  }

  /** The state that a call which failed has to do with: of bind()'s errors one alone has. */
  #stillAt({ call, error, host, about, asksFor }: CallRow): Lane | undefined {
    if (call === 'bind')
      return error === 'EADDRINUSE' && asksFor !== undefined
        ? this.#endStates.stillOn(host, asksFor)
        : undefined;
    return this.#several && about === undefined ? undefined : this.#endStates.still(host);
  }
}

/** Whose line it is; of a call, by its descriptor. */
function connectionOf(item: Item): number | undefined {
  if (item.kind === 'segment' || item.kind === 'state') return item.row.connection;
  return item.kind === 'at host' && item.row.kind === 'call' ? item.row.about : undefined;
}

/** The socket that listened is gone: that is no state of a connection. */
const isGone = ({ listener, state }: StateRow): boolean => listener && state === 'CLOSED';
