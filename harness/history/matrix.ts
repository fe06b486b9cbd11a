import type { EventOf } from '../evidence/events.ts';
import type { Told } from '../told.ts';
import type { History } from './history.ts';
import type { LabStep, Stated } from './lab.ts';

/**
 * The table that a lab has filled in: the stretches of it that are its cells (`cell` in
 * vocabulary/testbed.ts). A cell may consist of several of them.
 */
export interface Matrix {
  /** Headings, in the order in which the lab came to them. */
  rows: readonly Told[];
  columns: readonly Told[];
  /** In the order in which the lab came to them; of a run cut short some are missing. */
  cells: readonly Cell[];
}

export interface Cell {
  /** Indices into `rows` and `columns`. */
  row: number;
  column: number;
  /** What came of all that was expected there: one that failed counts, then one that was not tried to the end. */
  verdict: 'met' | 'failed' | 'untried';
  /**
   * What its calls came to, each outcome once: an error's name, or null for a stretch in which every
   * call succeeded. Empty where nothing was expected of a call.
   */
  outcomes: readonly (string | null)[];
  steps: readonly LabStep[];
  /** What was expected there. The events that a verdict rests on are its `by`. */
  stated: readonly Stated[];
}

/** Undefined for a lab that fills in no table. */
export function matrixOf(history: History): Matrix | undefined {
  const rows = new Headings();
  const columns = new Headings();
  const cells = new Map<string, LabStep[]>();
  for (const step of history.lab.steps) {
    const place = placeOf(step.title);
    if (place === undefined) continue;
    const key = `${rows.indexOf(place.row)} ${columns.indexOf(place.column)}`;
    cells.set(key, [...(cells.get(key) ?? []), step]);
  }
  if (cells.size === 0) return undefined;
  const stated = new Map<LabStep | undefined, Stated[]>();
  for (const one of history.lab.expectations)
    stated.set(one.step, [...(stated.get(one.step) ?? []), one]);
  return {
    rows: rows.all,
    columns: columns.all,
    cells: [...cells].map(([key, steps]): Cell => {
      const [row = 0, column = 0] = key.split(' ').map(Number);
      const all = steps.map((step) => stated.get(step) ?? []);
      return {
        ...{ row, column, steps, stated: all.flat() },
        verdict: verdictOf(steps, all.flat()),
        outcomes: [...new Set(all.flatMap((one) => outcomesOf(one, history)))],
      };
    }),
  };
}

/** A cell is a step whose title has its place in it. */
export function placeOf({ params = {} }: Told): { row: Told; column: Told } | undefined {
  const { row, column } = params;
  return typeof row === 'object' && typeof column === 'object' ? { row, column } : undefined;
}

/** Headings, each once: what reads alike is the same. */
class Headings {
  readonly all: Told[] = [];
  readonly #indices = new Map<string, number>();

  indexOf(heading: Told): number {
    const key = JSON.stringify(heading);
    const index = this.#indices.get(key) ?? this.all.push(heading) - 1;
    this.#indices.set(key, index);
    return index;
  }
}

function verdictOf(steps: readonly LabStep[], stated: readonly Stated[]): Cell['verdict'] {
  const verdicts = stated.map(({ verdict }) => verdict?.verdict);
  if (verdicts.includes('failed')) return 'failed';
  const isWhole = steps.every(({ end }) => end !== undefined);
  return isWhole && !verdicts.includes(undefined) ? 'met' : 'untried';
}

/** Of one stretch. */
function outcomesOf(stated: readonly Stated[], history: History): (string | null)[] {
  const returned = stated.flatMap((one) => returnOf(one, history) ?? []);
  const errors = returned.flatMap(({ code }) => code ?? []);
  return errors.length > 0 || returned.length === 0 ? errors : [null];
}

function returnOf({ expect, verdict }: Stated, history: History): EventOf<'call'> | undefined {
  if (expect.kind !== 'call-returns' || verdict === undefined) return undefined;
  const { program, index } = expect.params;
  return history.programs.of(program)?.typed(index)?.return;
}
