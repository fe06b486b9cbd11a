/**
 * The ladder's time axis: one direction, never a jump back, but not one scale. Every row has its own
 * height, so that what happens within microseconds can be read; between rows a wait takes the more
 * room the longer it is, and a long one is folded.
 */
export interface Item {
  /** ns */
  t: number;
  /** px */
  height: number;
}

export interface Fold {
  y: number;
  height: number;
  /** How long, ns. */
  length: number;
}

export interface Axis {
  /** The upper edge of each item, px. */
  tops: readonly number[];
  height: number;
  folds: readonly Fold[];
  /** Where a moment is: at the middle of its item, in proportion between two. */
  y(t: number): number;
}

/** A wait that is drawn at its full room, ns; a longer one is folded, and says its length. */
const LONG = 400e6;
const FOLD = 34;
/** Room for a wait, px for each power of ten above 0.1 ms. */
const ROOM = 3;

export function axisOf(items: readonly Item[], zoom: number): Axis {
  const tops: number[] = [];
  const folds: Fold[] = [];
  let y = 0;
  items.forEach(({ t, height }, index) => {
    const before = items[index - 1];
    const wait = before === undefined ? 0 : t - before.t;
    if (wait > LONG * zoom) {
      folds.push({ y, height: FOLD, length: wait });
      y += FOLD;
    } else y += roomFor(wait, zoom);
    tops.push(y);
    y += height;
  });
  const anchors = items.map(({ height }, index) => (tops[index] ?? 0) + height / 2);
  return { tops, folds, height: y, y: (t) => place(items, anchors, t) };
}

function roomFor(wait: number, zoom: number): number {
  const gentle = Math.max(0, Math.log10(wait / 1e5)) * ROOM;
  // Zoomed in, time is told by length: 1 px for each millisecond and step.
  return zoom <= 1 ? gentle * zoom : gentle + ((zoom - 1) * Math.min(wait, LONG * zoom)) / 1e6;
}

function place(items: readonly Item[], anchors: readonly number[], t: number): number {
  const after = firstAfter(items, t);
  const [y0 = 0, y1] = [anchors[after - 1] ?? anchors[0], anchors[after]];
  const [before, next] = [items[after - 1], items[after]];
  if (before === undefined || next === undefined || y1 === undefined) return y0;
  const span = next.t - before.t;
  return span === 0 ? y0 : y0 + ((y1 - y0) * (t - before.t)) / span;
}

/** The index of the first item later than `t`, by halves: they are in order. */
export function firstAfter(items: readonly { t: number }[], t: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.t ?? Infinity) <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}
