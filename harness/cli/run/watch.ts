import type { LabEvent } from '../../evidence/events.ts';
import { LiveLadder } from '../../present/terminal/ladder/live.ts';
import type { Style } from '../../present/terminal/style.ts';

/** Milliseconds between two looks at what has become certain. */
const TICK = 150;

/** A look may take so much of the time: a run of thousands of segments is looked at less often. */
const SHARE = 0.1;

/** Draws a run's ladder while it runs. */
export function watchLadder(
  style: Style,
  print: (lines: readonly string[]) => void,
): { event(event: LabEvent): void; finish(): void } {
  const ladder = new LiveLadder(style, style.t);
  let rest = 0;
  const show = (lines: string[]): void => {
    if (lines.length > 0) print(lines);
  };
  const timer = setInterval(() => {
    const began = performance.now();
    if (began < rest) return;
    show(ladder.grown());
    const now = performance.now();
    rest = now + (now - began) / SHARE;
  }, TICK);
  return {
    event: (event) => {
      ladder.add(event);
    },
    finish: () => {
      clearInterval(timer);
      show(ladder.ended());
    },
  };
}
