import { span } from '../../expect/format.ts';
import type { Say } from '../../texts/say.ts';
import type { Connection, StateRow } from '../ladder/types.ts';
import type { Style } from '../style.ts';
import { wrap } from '../wrap.ts';
import { beside } from './arrow.ts';
import type { Item } from './items.ts';
import { heading, spaceBetween, type Line } from './layout.ts';
import { phraseOf, type AtHost } from './phrases.ts';
import { Scene } from './scene.ts';
import { segmentLines } from './segment-lines.ts';

/** What a state begins with, if that comes so soon after it, ns. */
const SOON = 20e6;

/** Draws items line by line; what has been drawn stays as it is. */
export class Drawing {
  readonly #scene = new Scene();

  readonly #connections: readonly Connection[];
  readonly #several: boolean;
  readonly #style: Style;
  readonly #t: Say;

  /** `several` connections: where another one comes, its ports are told. */
  constructor(connections: readonly Connection[], several: boolean, style: Style, t: Say) {
    this.#connections = connections;
    this.#several = several;
    this.#style = style;
    this.#t = t;
  }

  draw(items: readonly Item[]): Line[] {
    const lines: Line[] = [];
    let waiting: StateRow[] = [];
    items.forEach((item, i) => {
      const connection =
        item.kind === 'segment' || item.kind === 'state' ? item.row.connection : undefined;
      lines.push(...this.#turnTo(connection));
      if (item.kind === 'state' && this.#goesWith(item.row, items[i + 1])) {
        waiting = [...waiting, item.row];
        return;
      }
      lines.push(...this.#linesOf(item, waiting, items[i + 1]));
      waiting = [];
    });
    return lines;
  }

  /** Where both ends are when all is drawn. */
  close(): Line[] {
    const ends = this.#scene.both();
    return ends.server === undefined && ends.client === undefined
      ? []
      : [{ ...this.#rule(), ...ends }];
  }

  #rule(): Line {
    return { between: this.#style.signs.dash.repeat(spaceBetween(this.#style)), paint: 'dim' };
  }

  /** Another connection: its ports, and what its ends are in. */
  #turnTo(connection: number | undefined): Line[] {
    if (connection === undefined || connection === this.#scene.connection) return [];
    this.#scene.connection = connection;
    const ends = this.#connections[connection];
    if (!this.#several || ends === undefined) return [];
    const [server, client] = [` :${ends.server.port}`, `:${ends.client.port} `];
    const between = server.padEnd(spaceBetween(this.#style) - client.length) + client;
    return [{ ...this.#scene.both(), between, paint: 'bold' }];
  }

  /** Does the state begin with what comes next at its host: the segment or the call that made it? */
  #goesWith(row: StateRow, next: Item | undefined): boolean {
    if (next === undefined || next.t - row.t > SOON) return false;
    if (next.kind === 'state') return false;
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
    for (const row of waiting) this.#scene.enter(row);
    const lanes = Object.fromEntries(waiting.map(({ host, state }) => [host, { state }]));
    const [first, ...rest] = this.#ownLines(item, next);
    return first === undefined ? [] : [{ ...first, ...lanes }, ...rest, ...this.#notes(waiting)];
  }

  #ownLines(item: Item, next: Item | undefined): Line[] {
    switch (item.kind) {
      case 'segment': {
        const lines = segmentLines(item, this.#style, this.#t);
        for (const state of item.states) this.#scene.enter(state);
        return [...lines, ...this.#notes(item.states)];
      }
      case 'state':
        return this.#stateLines(item.row);
      case 'at host':
        return this.#atHost(item.row);
      case 'step':
        if (item.row.phase === 'end')
          return next === undefined || next.kind === 'step' ? [] : [this.#rule()];
        return [heading(item.row.title, this.#scene.both(), this.#style)];
      case 'failed':
        return this.#text(`${this.#style.signs.failed} ${this.#t(item.row.text)}`, 'server').map(
          (line) => ({ ...line, paint: 'red' }),
        );
    }
  }

  #stateLines(row: StateRow): Line[] {
    this.#scene.enter(row);
    if (isGone(row)) return this.#text(this.#t('the listening socket is closed'), row.host, row.t);
    return [{ t: row.t, [row.host]: { state: row.state } }, ...this.#notes([row])];
  }

  /** Why a port is still taken when no program is there any more. */
  #notes(states: readonly StateRow[]): Line[] {
    return states.flatMap(({ state, leftMs, host }) =>
      state === 'TIME-WAIT' && leftMs !== undefined
        ? this.#text(
            this.#t('(the kernel alone keeps it, {span} more)', { span: span(leftMs) }),
            host,
          )
        : [],
    );
  }

  #atHost(row: AtHost): Line[] {
    const phrase = phraseOf(row, this.#t);
    const { host } = row;
    if (phrase === undefined || host === undefined) return [];
    const lines = this.#text(phrase, host, row.t);
    if (row.kind === 'action') return lines.map((line) => ({ ...line, paint: 'dim' }));
    if (row.kind !== 'call' || row.error === undefined) return lines;
    // What an error has to do with the state, the state must be beside it.
    const still = this.#scene.still(host);
    return lines.map((line, i) => ({
      ...line,
      ...(i === 0 && still ? { [host]: still } : {}),
      paint: 'red',
    }));
  }

  #text(text: string, host: 'server' | 'client', t?: number): Line[] {
    const columns = spaceBetween(this.#style);
    return wrap(text, columns - 2).map((line, i) => ({
      ...(i === 0 && t !== undefined ? { t } : {}),
      between: beside(line, host, columns),
    }));
  }
}

/** The socket that listened is gone: that is no state of a connection. */
const isGone = ({ listener, state }: StateRow): boolean =>
  listener !== undefined && state === 'CLOSED';
