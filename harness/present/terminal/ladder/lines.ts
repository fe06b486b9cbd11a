import type { HostName } from '../../../evidence/events.ts';
import { span } from '../../../words/units.ts';
import { askedInWords } from '../../../words/verdicts.ts';
import type { Say } from '../../../texts/say.ts';
import type { Endpoint } from '../../../tcp/segment.ts';
import { fill } from '../wrap.ts';
import type { CallRow, LadderConnection, StateRow } from '../../ladder/types.ts';
import type { Style } from '../style.ts';
import { widthOf } from '../wrap.ts';
import type { Item } from './items.ts';
import { headings, spaceBetween, type Line } from './layout.ts';
import { phraseOf, type AtHost } from './phrases.ts';
import { moreLine } from './fold.ts';
import { EndStates } from './end-states.ts';
import { segmentLines } from './segment-lines.ts';
import { textLines } from './text-lines.ts';

/** What a state begins with, if that comes so soon after it, ns. */
const SOON = 20e6;

/** Draws items line by line; what has been drawn stays as it is. */
export class Drawing {
  readonly #endStates = new EndStates();
  readonly #drawn = new Set<number>();

  #connections: readonly LadderConnection[] = [];
  readonly #several: boolean;
  readonly #style: Style;
  readonly #t: Say;

  /** `several` connections: where another one comes, its ports are told. */
  constructor(several: boolean, style: Style, t: Say) {
    this.#several = several;
    this.#style = style;
    this.#t = t;
  }

  draw(items: readonly Item[], connections: readonly LadderConnection[]): Line[] {
    this.#connections = connections;
    this.#endStates.connections = connections;
    const lines: Line[] = [];
    let waiting: StateRow[] = [];
    items.forEach((item, i) => {
      const ports = this.#turnTo(item, waiting.length > 0);
      lines.push(...ports.lines);
      if (item.kind === 'state' && this.#goesWith(item.row, items[i + 1])) {
        waiting = [...waiting, item.row];
        return;
      }
      const [first, ...rest] = this.#linesOf(item, waiting, items[i + 1]);
      if (first !== undefined) lines.push({ ...ports.lanes, ...first }, ...rest);
      waiting = [];
    });
    return lines;
  }

  /** Where both ends are when all is drawn. */
  close(): Line[] {
    const ends = this.#endStates.both();
    return ends.server === undefined && ends.client === undefined
      ? []
      : [{ ...this.#rule(), ...ends }];
  }

  #rule(): Line {
    return { between: this.#style.signs.dash.repeat(spaceBetween(this.#style)), paint: 'dim' };
  }

  /**
   * Another connection: its ports, and what its ends are in. A segment of one that was drawn before
   * has them beside it, where its states are not.
   */
  #turnTo(item: Item, isBegun: boolean): { lines: Line[]; lanes?: Partial<Line> } {
    const connection =
      item.kind === 'segment' || item.kind === 'state' ? item.row.connection : undefined;
    if (connection === undefined || connection === this.#endStates.connection) return { lines: [] };
    const ends = this.#connections[connection];
    if (ends !== undefined && isInside(ends)) return { lines: [] };
    this.#endStates.connection = connection;
    if (!this.#several || ends === undefined) return { lines: [] };
    const port = (of: Endpoint): string => this.#t('port {port}', { port: of.port });
    const [server, client] = [port(ends.server), port(ends.client)];
    const leads = item.kind !== 'segment' || item.states.length > 0;
    if (this.#drawn.has(connection) && !leads && !isBegun) {
      return { lines: [], lanes: { server: { text: server }, client: { text: client } } };
    }
    this.#drawn.add(connection);
    const columns = spaceBetween(this.#style);
    const between = fill(` ${server}`, columns - widthOf(client) - 1) + client;
    const line: Line = { t: item.t, clock: '', ...this.#endStates.both(), between, paint: 'bold' };
    return { lines: [line] };
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
        const lines = segmentLines(item, this.#style, this.#t);
        for (const state of item.states) this.#endStates.enter(state);
        return [...lines, ...this.#notes(item.states)];
      }
      case 'state':
        return this.#stateLines(item.row);
      case 'at host':
        return this.#atHost(item.row);
      case 'step':
        if (item.row.phase === 'end')
          return next === undefined || next.kind === 'step' ? [] : [this.#rule()];
        return headings(this.#t(item.row.title), item.t, this.#endStates.both(), this.#style);
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
            this.#t('(the kernel alone keeps it, {span} more)', { span: span(leftMs) }),
            host,
          )
        : [],
    );
  }

  #atHost(row: AtHost): Line[] {
    const phrase = phraseOf(row, this.#t);
    const { host } = row;
    if (phrase === undefined) return [];
    const lines = this.#beside(phrase, host, row.t);
    if (row.kind === 'action') return lines.map((line) => ({ ...line, paint: 'dim' }));
    if (row.kind !== 'call' || row.error === undefined) return lines;
    const still = hasToDoWithState(row) ? this.#endStates.still(host) : undefined;
    return lines.map((line, i) => ({
      ...line,
      ...(i === 0 && still ? { [host]: still } : {}),
      paint: 'red',
    }));
  }
}

/** Then the state stands beside it: of bind()'s errors this one alone comes from it. */
const hasToDoWithState = ({ call, error }: CallRow): boolean =>
  call !== 'bind' || error === 'EADDRINUSE';

/** Two sockets of one host: they share its lane. */
const isInside = ({ server, client, apart }: LadderConnection): boolean =>
  apart !== true && server.port !== client.port && server.address === client.address;

/** The socket that listened is gone: that is no state of a connection. */
const isGone = ({ listener, state }: StateRow): boolean => listener && state === 'CLOSED';
