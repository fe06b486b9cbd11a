import type { JSX } from 'preact';
import type { Endpoint } from '../../../tcp/segment.ts';

/** No more are drawn one by one. */
const MOST = 8;

/** The places of an accept queue, one more than the backlog; those that are taken, by their clients' ports. */
export function Slots({
  length,
  backlog,
  waiting = [],
}: {
  length: number;
  backlog: number;
  waiting?: readonly Endpoint[];
}): JSX.Element | null {
  const places = Math.max(backlog + 1, length);
  if (places > MOST) return null;
  return (
    <span class={`slots ${length > backlog ? 'full' : ''}`}>
      {Array.from({ length: places }, (_, n) => (
        <span key={n} class={n < length ? 'taken' : ''}>
          {n < length ? waiting[n]?.port : ''}
        </span>
      ))}
    </span>
  );
}
