/** A duration in nanoseconds as people read it: `20 us`, `353 ms`, `1.02 s`, `134.2 s`. */
export function duration(ns: number): string {
  const magnitude = Math.abs(ns);
  if (magnitude < 1e6) return `${Math.round(ns / 1e3)} us`;
  if (magnitude < 1e9) return `${Math.round(ns / 1e6)} ms`;
  return `${(ns / 1e9).toFixed(magnitude < 1e10 ? 2 : 1)} s`;
}
