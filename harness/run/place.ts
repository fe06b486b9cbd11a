import type { Place } from '../evidence/events.ts';
import type { Lab } from '../vocabulary/define.ts';

/** Frames that are looked through: what stands between a lab's line and us, awaited calls included. */
const FRAMES = 40;

/** The line of a lab's file that is being carried out, by the stack; undefined where it has no file. */
export function placeIn({ source }: Pick<Lab, 'source'>): Place | undefined {
  if (source === undefined) return undefined;
  const line = source.lineOf(stackHere());
  return line === undefined ? undefined : { file: source.file, line };
}

function stackHere(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const { stack = '' } = new Error('here');
  Error.stackTraceLimit = limit;
  return stack;
}
