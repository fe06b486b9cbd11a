import type { EventOf, LabEvent } from '../../evidence/events.ts';
import { english, type Say } from '../../texts/say.ts';
import { askedInWords } from '../../words/verdicts.ts';
import { duration } from '../../words/units.ts';
import { truncate } from './wrap.ts';
import type { Told } from '../../told.ts';

/** What a running lab is at: a fold over its stream. */
export interface Progress {
  step?: Told | undefined;
  /** Expectations without a verdict, oldest first. */
  open: readonly EventOf<'expect'>[];
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
      return { ...progress, started: true, open: [...progress.open, event] };
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
  { elapsedMs, columns, t = english }: { elapsedMs: number; columns: number; t?: Say },
): string {
  const took = `  ${duration(elapsedMs * 1e6)}`;
  return `${truncate(`${name}  ${atWork(progress, t)}`, columns - took.length - 1)}${took}`;
}

function atWork({ step, open, started }: Progress, t: Say): string {
  if (!started) return t('setting up two hosts');
  const expectation = open.at(-1);
  const texts = [
    ...(step === undefined ? [] : [t(step)]),
    ...(expectation === undefined ? [] : [askedInWords(expectation, t)]),
  ];
  return texts.join(': ') || t('running');
}
