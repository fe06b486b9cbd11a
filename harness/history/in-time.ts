/** The index of the first that `is`, by halves: behind it all are. */
export function firstThat<T>(all: readonly T[], is: (one: T) => boolean): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (is(all[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Puts one where it belongs in a list in order of time; it is seldom late. */
export function insert<T extends { t: number }>(all: T[], one: T): void {
  const late = (all.at(-1)?.t ?? -Infinity) > one.t;
  if (late)
    all.splice(
      firstThat(all, ({ t }) => t > one.t),
      0,
      one,
    );
  else all.push(one);
}

/** Those from `since` to `until`, both included, of a list in order of time. */
export function during<T extends { t: number }>(
  all: readonly T[],
  { since, until }: { since: number; until: number },
): readonly T[] {
  const begin = firstThat(all, ({ t }) => t >= since);
  let end = begin;
  while (end < all.length && (all[end] as T).t <= until) end++;
  return all.slice(begin, end);
}
