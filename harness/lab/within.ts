import { milliseconds } from '../expect/format.ts';

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
