import type { Say } from '../texts/say.ts';

/** Nanoseconds since the run began, as people read them. */
export const seconds = (t: number): string => `${(t / 1e9).toFixed(3)} s`;

/** A span of milliseconds: `250 ms`, `3 s`, `59.5 s`. */
export function span(ms: number): string {
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(1))} s`;
}

/** A span known to lie between two: `60 s..61.2 s`, or the one where they read the same. */
export function spans(least: number, most: number): string {
  const [from, to] = [span(least), span(most)];
  return from === to ? from : `${from}..${to}`;
}

/** Items of a list, said already: parted as the language does, unless they are the same in every one. */
export function listed(items: readonly string[], t: Say): string {
  const isPlain = items.every((item) => /^[\x20-\x7e]*$/.test(item));
  return items.join(isPlain ? ', ' : t(', '));
}

/** A duration in nanoseconds as people read it: `20 us`, `353 ms`, `1.02 s`, `134.2 s`. */
export function duration(ns: number): string {
  const magnitude = Math.abs(ns);
  if (magnitude < 1e6) return `${Math.round(ns / 1e3)} us`;
  if (magnitude < 1e9) return `${Math.round(ns / 1e6)} ms`;
  return `${(ns / 1e9).toFixed(magnitude < 1e10 ? 2 : 1)} s`;
}
