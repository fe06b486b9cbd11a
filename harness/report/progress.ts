import type { LabEvent } from '../evidence/events.ts';
import { duration } from './duration.ts';
import { truncate } from './wrap.ts';

/** What a running lab is at: a fold over its stream. */
export interface Progress {
  step?: string | undefined;
  /** Expectations without a verdict, oldest first. */
  open: readonly { id: number; text: string }[];
  started: boolean;
}

export const NOT_STARTED: Progress = { open: [], started: false };

export function advance(progress: Progress, event: LabEvent): Progress {
  switch (event.type) {
    case 'step': {
      const step = event.phase === 'begin' ? event.title : undefined;
      return { ...progress, started: true, step };
    }
    case 'action':
      return progress.started ? progress : { ...progress, started: true };
    case 'expect': {
      const { id, text } = event;
      return { ...progress, started: true, open: [...progress.open, { id, text }] };
    }
    case 'verdict':
      return { ...progress, open: progress.open.filter(({ id }) => id !== event.id) };
    default:
      return progress;
  }
}

/** One line about a lab that runs: `time-wait  the client closes: ... in LAST-ACK  1.2 s`. */
export function progressLine(
  name: string,
  progress: Progress,
  { elapsedMs, columns }: { elapsedMs: number; columns: number },
): string {
  const took = `  ${duration(elapsedMs * 1e6)}`;
  return `${truncate(`${name}  ${atWork(progress)}`, columns - took.length - 1)}${took}`;
}

function atWork({ step, open, started }: Progress): string {
  if (!started) return 'setting up two hosts';
  const expectation = open.at(-1)?.text.replaceAll('\n', ' ');
  return [step, expectation].filter((text) => text !== undefined).join(': ') || 'running';
}
