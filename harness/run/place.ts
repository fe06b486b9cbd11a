import type { Place } from '../evidence/events.ts';

/** Frames that are looked through: what stands between a lab's line and us, awaited calls included. */
const FRAMES = 40;

/**
 * Tells the line of a lab's source that is being carried out, by the stack: undefined where there is
 * no such file on it (a lab made in a test).
 */
export function placesIn(lab: string): () => Place | undefined {
  const name = lab.replace(/[^\w-]/g, '');
  const frame = new RegExp(`[/\\\\]labs[/\\\\]${name}\\.ts:(\\d+)`);
  return () => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = FRAMES;
    const stack = new Error('here').stack ?? '';
    Error.stackTraceLimit = limit;
    const line = frame.exec(stack)?.[1];
    return line === undefined ? undefined : { file: `labs/${name}.ts`, line: Number(line) };
  };
}
