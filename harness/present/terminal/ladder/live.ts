import type { LabEvent } from '../../../evidence/events.ts';
import { undecidedSince } from '../../../history/accept-queue.ts';
import { historyOf } from '../../../history/history.ts';
import type { Say } from '../../../texts/say.ts';
import { ladderOf } from '../../ladder/ladder.ts';
import type { Ladder, Row } from '../../ladder/types.ts';
import type { Style } from '../style.ts';
import { wrap } from '../wrap.ts';
import { withWaits } from './fold.ts';
import { itemsOf, type Item } from './items.ts';
import { footLines, headLines, tellingOf } from './ladder-text.ts';
import { besidePorts, layOut, spaceBetween, type Line } from './layout.ts';
import { Drawing } from './lines.ts';
import { portsOf, type Ports } from './ports.ts';

/** After so long all witnesses of a moment have been heard, ns. One that has not comes late. */
const SETTLED = 400e6;

/** Of thousands of connections nobody reads each. */
const MOST = 40;

/** A ladder that grows with its run. What was drawn stays as it is. */
export class LiveLadder {
  readonly #style: Style;
  readonly #t: Say;
  readonly #drawing: Drawing;
  /** Only ever longer: what is read of it is not read again. */
  readonly #events: LabEvent[] = [];
  readonly #drawn = new Set<string>();
  /** The connections of which something has been drawn. */
  readonly #shown = new Set<number>();
  #ports: Ports = portsOf([]);
  #now = 0;
  #last: number | undefined;
  #begun = false;

  constructor(style: Style, t: Say) {
    this.#style = style;
    this.#t = t;
    this.#drawing = new Drawing(this.#ports, style, t);
  }

  add(event: LabEvent): void {
    this.#events.push(event);
    this.#now = Math.max(this.#now, event.t);
  }

  /** The lines of what has become certain since the last time. */
  grown(): string[] {
    const ladder = ladderOf(this.#events);
    const undecided = undecidedSince(historyOf(this.#events));
    return this.#lines(ladder, Math.min(this.#now - SETTLED, undecided - 1));
  }

  /** All that is left, and below it what the letters stand for. */
  ended(): string[] {
    const ladder = ladderOf(this.#events);
    const lines = this.#lines(ladder, Infinity);
    if (!this.#begun) return [];
    const drawn = ladder.connections.flatMap((_, i) => (i < MOST ? [i] : []));
    return [
      ...lines,
      ...this.#laidOut(this.#drawing.close()),
      ...footLines(ladder, drawn, this.#style, this.#t),
      '',
    ];
  }

  #lines(ladder: Ladder, until: number): string[] {
    const settled = ladder.rows.filter((row) => lastOf(row) <= until && this.#isNew(row));
    // Whether a step has anything to show, its first row tells.
    const rows = until === Infinity ? settled : settled.slice(0, settled.findLastIndex(isSeen) + 1);
    for (const row of rows) for (const key of keysOf(row)) this.#drawn.add(key);
    const items = itemsOf(rows).filter((item) => !this.#isTooLate(item));
    if (items.length === 0) return [];
    const head = [...(this.#begun ? [] : this.#title()), ...this.#head(items, ladder)];
    this.#begun = true;
    return [...head, ...this.#laidOut(this.#drawing.draw(items, ladder.connections))];
  }

  #title(): string[] {
    const run = this.#events.find((event) => event.type === 'run');
    const title = run === undefined ? [] : [`${run.lab}: ${this.#t(run.title)}`, ''];
    const lines = title.flatMap((text) => wrap(text, this.#style.columns));
    return lines.map((line) => this.#style.colors.bold(line));
  }

  /** At the beginning, and where a second connection comes: from there on lines tell their ports. */
  #head(items: readonly Item[], ladder: Ladder): string[] {
    for (const { row } of items.filter(isOfConnection)) this.#shown.add(row.connection ?? 0);
    const ports = portsOf([...this.#shown].flatMap((i) => ladder.connections[i] ?? []));
    const isSame = ports.width === this.#ports.width && ports.ofBoth === this.#ports.ofBoth;
    if (this.#begun && isSame) return [];
    this.#ports = ports;
    this.#drawing.change(ports, this.#beside, tellingOf(ladder.rows, ports));
    return headLines([], this.#beside, ports, this.#t);
  }

  get #beside(): Style {
    return besidePorts(this.#style, this.#ports.width);
  }

  /** That a segment is held is known when it is let go: by then more has been drawn. */
  #isTooLate(item: Item): boolean {
    return item.kind === 'segment' && item.part === 'made' && item.t < (this.#last ?? 0);
  }

  #isNew(row: Row): boolean {
    if (row.connection !== undefined && row.connection >= MOST) return false;
    return !keysOf(row).some((key) => this.#drawn.has(key));
  }

  #laidOut(lines: readonly Line[]): string[] {
    const all = withWaits(lines, spaceBetween(this.#beside), this.#t, this.#last);
    for (const { t } of lines) this.#last = Math.max(this.#last ?? 0, t ?? 0) || undefined;
    return all.map((line) => layOut(line, this.#beside, this.#ports.width));
  }
}

const isOfConnection = (item: Item): item is Extract<Item, { kind: 'segment' | 'state' }> =>
  (item.kind === 'segment' || item.kind === 'state') && item.row.connection !== undefined;

const isSeen = (row: Row): boolean =>
  row.kind !== 'step' && (row.kind !== 'expectation' || row.verdict === 'failed');

/** When all of it was seen. */
const lastOf = (row: Row): number =>
  row.kind === 'segment' ? Math.max(row.t, row.arrived?.t ?? 0) : row.t;

/** What a row is known by again, when more is known of it. */
function keysOf(row: Row): string[] {
  if (row.kind === 'segment') {
    return [row.sent, row.arrived].flatMap((seen) => (seen ? [`packet ${seen.seq}`] : []));
  }
  if (row.kind === 'state' && row.connection !== undefined) {
    return [`${row.host} ${row.connection} ${row.state}`];
  }
  return [`${row.kind} ${row.seq}`];
}
