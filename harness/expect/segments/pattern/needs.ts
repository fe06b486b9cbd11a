import type { Item } from './types.ts';

/** What the items from one on still depend on. */
export interface Need {
  names: readonly string[];
  /** Whether the time of the segment matched last can matter. */
  gap: boolean;
  /** Repetitions beyond this many are all the same. */
  times: number;
}

/** What the search must remember where the first of these items is the next to match. */
export function needFrom(items: readonly Item[]): Need {
  const [first] = items;
  const terms = items.flatMap((item) =>
    item.kind === 'line'
      ? item.conditions.flatMap((one) => (one.kind === 'comparison' ? one.terms : []))
      : [],
  );
  const names = new Set(terms.flatMap((term) => (term.kind === 'name' ? [term.name] : [])));
  const next = items.find((item) => item.kind === 'line' && (item.gap ?? item.min > 0));
  const times = first?.kind !== 'line' ? 0 : first.max === Infinity ? first.min : first.max;
  return { names: [...names], gap: next?.kind === 'line' && next.gap !== undefined, times };
}
