/** Shows that labs run: lines at the bottom of a terminal, or lines that stay. */
import type { WriteStream } from 'node:tty';
import type { LabEvent } from '../../evidence/events.ts';
import { historyOf } from '../../history/history.ts';
import {
  advance,
  NOT_STARTED,
  progressLine,
  type Progress,
} from '../../present/terminal/progress.ts';
import type { Say } from '../../texts/say.ts';
import { askedInWords } from '../../words/verdicts.ts';

/** It never holds more than what the labs are at now. */
export interface Display {
  started(lab: string): void;
  /** `event` is the last of `events`. */
  event(lab: string, event: LabEvent, events: readonly LabEvent[]): void;
  finished(lab: string): void;
  /** Writes text that stays, through `write`. */
  keep(write: () => void): void;
  close(): void;
}

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

/** Milliseconds after which it is said what a lab waits for. */
const LONG = 5000;

/** Lines that stay, where nobody sees a picture: what a lab waits for, once that has become long. */
export function plainDisplay(stream: NodeJS.WritableStream, t: Say): Display {
  const waits = new Map<string, NodeJS.Timeout>();
  const forget = (key: string): void => {
    clearTimeout(waits.get(key));
    waits.delete(key);
  };
  return {
    started: () => undefined,
    event: (lab, event, events) => {
      if (event.type === 'expect') {
        const late = (): void => {
          const what = askedInWords(event, t, historyOf(events));
          stream.write(`${lab}: ${t('waiting for {what}', { what })}\n`);
        };
        waits.set(`${lab} ${event.id}`, setTimeout(late, LONG));
      }
      if (event.type === 'verdict') forget(`${lab} ${event.id}`);
    },
    finished: (lab) => {
      for (const key of waits.keys()) if (key.startsWith(`${lab} `)) forget(key);
    },
    keep: (write) => {
      write();
    },
    close: () => {
      for (const key of waits.keys()) forget(key);
    },
  };
}
