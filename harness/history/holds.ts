import { CAPTURE_ERROR } from '../evidence/clock.ts';
import { likenessOf } from './capture.ts';
import type { History } from './history.ts';
import { segmentsOf, type WireSegment } from './segments.ts';
import type { Waited } from './waiting.ts';

/** How a segment waited before it went out, ns since the run began. */
export interface Wait {
  from: number;
  until: number;
}

/** The segments that waited on the wire, because the lab held it or somebody walked. */
export const waitsOf = (history: History): ReadonlyMap<WireSegment, Wait> => history.derive(read);

/** Less than that is no waiting: it is what letting go takes, ns. */
const SHORTEST_WAIT = 1e6;

function read(history: History): ReadonlyMap<WireSegment, Wait> {
  const waited = new LetGo(history.waiting.all);
  const waits = new Map<WireSegment, Wait>();
  for (const one of segmentsOf(history)) {
    if (one.sent === undefined || one.injected) continue;
    const from = waited.since(one);
    if (from !== undefined && one.t - from >= SHORTEST_WAIT) waits.set(one, { from, until: one.t });
  }
  return waits;
}

/** What was let go, each once for every time that it went: copies of it may have. */
class LetGo {
  /** When they began to wait, those that are alike together. */
  readonly #left = new Map<string, number[]>();

  constructor(all: readonly Waited[]) {
    for (const { packet, went, copies } of all) {
      const key = likenessOf(packet.segment);
      const times = copies.length + (went === undefined ? 0 : 1);
      const left = this.#left.get(key) ?? [];
      left.push(...Array<number>(times).fill(packet.t));
      this.#left.set(key, left);
    }
  }

  /** Since when a segment waited, if it did. That it was let go is told after it has left. */
  since({ segment, t }: WireSegment): number | undefined {
    const left = this.#left.get(likenessOf(segment));
    const [since] = left ?? [];
    if (since === undefined || since > t + CAPTURE_ERROR) return undefined;
    return left?.shift();
  }
}
