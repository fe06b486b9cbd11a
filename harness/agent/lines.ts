import type { Readable } from 'node:stream';

/** What may be read, of one stream or of several together. */
export interface Bounds {
  lines: number;
  /** Read within a second. */
  linesPerSecond: number;
  /** Octets of all lines, their ends among them. */
  octets: number;
  lineOctets: number;
}

/** Milliseconds. */
const SECOND = 1000;

/** What is left of the bounds. Beyond one of them `onExcess` is told of it, once. */
export class Budget {
  readonly #bounds: Bounds;
  readonly #onExcess: (bound: keyof Bounds) => void;
  readonly #now: () => number;
  #isOver = false;
  #lines = 0;
  #octets = 0;
  #second = -Infinity;
  #linesOfSecond = 0;

  /** `now`: a clock, ms. */
  constructor(
    bounds: Bounds,
    onExcess: (bound: keyof Bounds) => void,
    now = (): number => performance.now(),
  ) {
    this.#bounds = bounds;
    this.#onExcess = onExcess;
    this.#now = now;
  }

  /** Takes a line of so many octets, its end not among them; false when that is too much. */
  take(octets: number): boolean {
    if (!this.fits(octets)) return false;
    this.#octets += octets + 1;
    this.#lines++;
    const now = this.#now();
    if (now - this.#second >= SECOND) {
      this.#second = now;
      this.#linesOfSecond = 0;
    }
    this.#linesOfSecond++;
    const { lines, linesPerSecond } = this.#bounds;
    if (this.#lines > lines) return this.#exceeds('lines');
    return this.#linesOfSecond <= linesPerSecond || this.#exceeds('linesPerSecond');
  }

  /** Would a line that is so long already fit? */
  fits(octets: number): boolean {
    if (this.#isOver) return false;
    if (octets > this.#bounds.lineOctets) return this.#exceeds('lineOctets');
    return this.#octets + octets <= this.#bounds.octets || this.#exceeds('octets');
  }

  #exceeds(bound: keyof Bounds): false {
    this.#isOver = true;
    this.#onExcess(bound);
    return false;
  }
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Calls `onLine` for every line of a stream and resolves when there is no more to come: it has given
 * all it had, or the budget is used up, beyond which nothing is read. What follows the last newline
 * is a line too. A terminal ends with EIO, which is its end-of-file. (Node's own readline parts lines
 * also at U+2028 and U+2029, which JSON and a program's output may have in them.)
 */
export function readLines(
  readable: Readable,
  onLine: (line: string) => void,
  budget?: Budget,
): Promise<void> {
  let pieces: Buffer[] = [];
  let octets = 0;
  const add = (piece: Buffer): void => {
    if (piece.length === 0) return;
    pieces.push(piece);
    octets += piece.length;
  };
  const endLine = (): void => {
    if (budget?.take(octets) ?? true) {
      const line = Buffer.concat(pieces, octets);
      onLine(line.toString('utf8', 0, line.at(-1) === RETURN ? octets - 1 : octets));
    }
    pieces = [];
    octets = 0;
  };
  readable.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let end; (end = chunk.indexOf(NEWLINE, from)) !== -1; from = end + 1) {
      add(chunk.subarray(from, end));
      endLine();
    }
    add(chunk.subarray(from));
    if (budget?.fits(octets) === false) readable.destroy();
  });
  return new Promise((resolve) => {
    readable.once('error', () => undefined);
    // A stream that was destroyed has no end, and stdin may be one that is never closed.
    for (const over of ['end', 'close']) {
      readable.once(over, () => {
        if (octets > 0) endLine();
        resolve();
      });
    }
  });
}
