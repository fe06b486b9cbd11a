import type { WriteStream } from 'node:tty';
import { advance, NOT_STARTED, progressLine, type Progress } from '../../report/progress.ts';
import type { Say } from '../../texts/say.ts';
import type { Display } from './screen.ts';

/** Milliseconds between two pictures. */
const TICK = 100;

/** One line a running lab, drawn again and again at the bottom of a terminal. */
export function liveDisplay(terminal: WriteStream, t: Say): Display {
  const running = new Map<string, { since: number; progress: Progress }>();
  let area: { (text: string): void; clear(): void } | undefined;
  const draw = (): void => {
    const { columns } = terminal;
    const lines = [...running].map(([lab, { since, progress }]) =>
      progressLine(lab, progress, { elapsedMs: performance.now() - since, columns, t }),
    );
    area?.(lines.join('\n'));
  };
  // The hosts come up meanwhile. The cursor stays: whoever kills us must not be left without.
  void import('log-update').then(({ createLogUpdate }) => {
    area = createLogUpdate(terminal, { showCursor: true });
  });
  const timer = setInterval(draw, TICK);
  return {
    started: (lab) => running.set(lab, { since: performance.now(), progress: NOT_STARTED }),
    event: (lab, event) => {
      const entry = running.get(lab);
      if (entry !== undefined) entry.progress = advance(entry.progress, event);
    },
    finished: (lab) => running.delete(lab),
    keep: (write) => {
      area?.clear();
      write();
      if (running.size > 0) draw();
    },
    close: () => {
      clearInterval(timer);
      area?.clear();
    },
  };
}
