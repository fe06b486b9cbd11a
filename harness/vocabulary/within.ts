import { NotationError, told } from '../told.ts';

export interface Within {
  /** Time it may take (`70s`); by default as long as a busy machine needs. */
  within?: string;
}

/** Labs write durations for people; below them they are milliseconds. */
export function timed<Details extends Within>({
  within,
  ...rest
}: Details): Omit<Details, 'within'> & { within?: number } {
  return { ...rest, ...(within === undefined ? {} : { within: milliseconds(within) }) };
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, min: 60_000 };

/** `3s`, `250ms`, `2min` in milliseconds. @throws NotationError for anything else. */
export function milliseconds(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|min)$/.exec(text);
  const factor = UNITS[match?.[2] ?? ''];
  if (match?.[1] === undefined || factor === undefined) {
    throw new NotationError(
      told("'{line}' is not a duration (like 250ms, 3s, 2min)", { line: text }),
    );
  }
  return Number(match[1]) * factor;
}
