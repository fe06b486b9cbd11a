import { told } from '../../../told.ts';
import { lineError } from './error.ts';
import type { PatternError } from './error.ts';
import { judge } from './judge.ts';
import { needFrom } from './needs.ts';
import type { Need } from './needs.ts';
import { countOf } from './state.ts';
import type { Outcome, State } from './state.ts';
import { MAX_REPETITIONS } from './types.ts';
import type { Bindings, CarriedSegment, Line, Pattern } from './types.ts';

/** More than any readable pattern needs: beyond it, `...` leaves names too many choices. */
const MAX_STATES = 200_000;

/** A segment after the pattern's end counts as being as wrong as one in the wrong direction. */
const TRAILING = 3;

/** Of two lines equally unlike a segment, the one that must be there is the one to name. */
const OPTIONAL = 0.5;

/**
 * Tries the ways to match, depth first: `...` takes as few segments as it can, `?` and `x1+` as
 * many. No place is visited twice, which bounds the work to lines x segments, times the choices of
 * segment for names and gaps that a later line still needs. More segments may be added to the list
 * between two runs; what is found does not depend on when they came.
 * @throws PatternError where that is too much all the same
 */
export class Search {
  readonly #pattern: Pattern;
  readonly #segments: readonly CarriedSegment[];
  readonly #anchored: boolean;
  readonly #needs: readonly Need[];
  readonly #visited = new Set<number | string>();
  readonly #stack: State[];
  /** Where it ran out of segments, in the order of the ways: it goes on from there when more have come. */
  #parked: State[] = [];
  readonly #outcome: Outcome;
  #missedBy: Miss | undefined;

  constructor(
    pattern: Pattern,
    segments: readonly CarriedSegment[],
    bindings: Bindings,
    anchored: boolean,
  ) {
    const start: State = { item: 0, times: 0, at: 0, bindings, trail: undefined };
    this.#pattern = pattern;
    this.#segments = segments;
    this.#anchored = anchored;
    this.#needs = pattern.items.map((_, index) => needFrom(pattern.items.slice(index)));
    this.#stack = [start];
    this.#outcome = { failed: start };
  }

  /** Searches as far as the segments go that there are now. Without `anchored`, what is met stays met. */
  run(): Outcome {
    if (this.#isMet()) return this.#outcome;
    // Where it is still open it says so again.
    delete this.#outcome.open;
    const parked = this.#parked;
    this.#parked = [];
    this.#explore();
    for (const state of parked) {
      if (this.#isMet()) break;
      // A line has its place already; what `...` passes over to is a place that others may come to first.
      if (this.#pattern.items[state.item]?.kind === 'line') this.#go(state);
      else this.#stack.push(state);
      this.#explore();
    }
    return this.#outcome;
  }

  /** What is met stays met. */
  #isMet(): boolean {
    return this.#outcome.met !== undefined;
  }

  #explore(): void {
    let state: State | undefined;
    while ((state = this.#stack.pop())) {
      if (state.at > this.#segments.length) {
        this.#parked.push(state);
        continue;
      }
      if (!this.#isNew(state)) continue;
      if (this.#through(state)) {
        this.#outcome.met = state;
        return;
      }
      this.#go(state);
    }
  }

  #go(state: State): void {
    const item = this.#pattern.items[state.item];
    if (item?.kind === 'between') this.#skip(state);
    if (item?.kind === 'line') this.#follow(state, item);
  }

  #through(state: State): boolean {
    if (state.item < this.#pattern.items.length) return false;
    if (!this.#anchored || state.at === this.#segments.length) return true;
    this.#miss(state, { fields: 1, distance: TRAILING });
    return false;
  }

  /** `...`: the next line is tried here first (it lies on top), then one segment later. */
  #skip(state: State): void {
    this.#move(state, state.item, state.at + 1);
    this.#move(state, state.item + 1, state.at);
  }

  #move({ bindings, trail }: State, item: number, at: number): void {
    this.#stack.push({ item, times: 0, at, bindings, trail });
  }

  #follow(state: State, line: Line): void {
    if (state.times >= line.min) this.#move(state, state.item + 1, state.at);
    if (state.times >= line.max) return;
    const carried = this.#segments[state.at];
    if (carried) this.#take(state, line, carried);
    else this.#runOut(state, line);
  }

  #take(state: State, line: Line, carried: CarriedSegment): void {
    const { at, trail, times } = state;
    const { distance, fields, bindings } = judge(line, carried, trail?.carried, state.bindings);
    if (distance > 0) {
      this.#miss(state, { fields, distance: distance + (times < line.min ? 0 : OPTIONAL) });
      return;
    }
    const step = { line, carried, at, count: countOf(state) + 1, before: trail };
    this.#stack.push({ item: state.item, times: times + 1, at: at + 1, bindings, trail: step });
  }

  #runOut(state: State, line: Line): void {
    this.#parked.push(state);
    if (state.times >= line.min) return;
    const { open } = this.#outcome;
    if (!open || countOf(state) > countOf(open)) this.#outcome.open = state;
    this.#miss(state, { fields: Infinity, distance: Infinity });
  }

  /**
   * Keeps the state if the pattern got further than before; or as far, and what stood there differs
   * in fewer fields, or in as many and less; of several alike, the first in the list.
   */
  #miss(state: State, miss: Miss): void {
    const { failed } = this.#outcome;
    if (this.#missedBy !== undefined) {
      const further = countOf(state) - countOf(failed);
      const nearer =
        less(miss.fields, this.#missedBy.fields) || less(miss.distance, this.#missedBy.distance);
      if ((-further || nearer || less(state.at, failed.at)) >= 0) return;
    }
    this.#outcome.failed = state;
    this.#missedBy = miss;
  }

  #isNew(state: State): boolean {
    const key = this.#key(state);
    if (this.#visited.has(key)) return false;
    this.#visited.add(key);
    if (this.#visited.size > MAX_STATES) throw tooAmbiguous(this.#pattern, state);
    return true;
  }

  /** What decides how the search goes on from a state; the way to it does not matter. */
  #key({ item, times, at, trail, bindings }: State): number | string {
    const need = this.#needs[item] ?? NOTHING;
    const place = at * (this.#pattern.items.length + 1) + item;
    const key = place * (MAX_REPETITIONS + 1) + Math.min(times, need.times);
    const bound = need.names.some((name) => bindings.has(name));
    if (!bound && !need.gap) return key; // a number is quicker to look up than a string
    const names = need.names.map((name) => bindings.get(name) ?? '').join();
    return `${key} ${need.gap ? (trail?.at ?? '') : ''} ${names}`;
  }
}

/** How far a segment is from a line: in how many fields, and how much these weigh. */
interface Miss {
  fields: number;
  distance: number;
}

/** How two numbers are ordered; either may be infinite. */
const less = (a: number, b: number): number => (a === b ? 0 : a - b);

const NOTHING: Need = { names: [], gap: false, times: 0 };

function tooAmbiguous(pattern: Pattern, { item }: State): PatternError {
  const line = (pattern.items[item] ?? pattern.items.at(-1))?.line ?? 1;
  const problem = told('there are too many ways to match this pattern');
  const hint = told('say more about the segments around ..., or ask for fewer of them at a time');
  return lineError(pattern.text, line, problem, hint);
}
