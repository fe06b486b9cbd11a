import { told } from '../told.ts';
import type { TellFlags } from './command-line.ts';
import { UsageError } from './errors.ts';

/** How much is told of a run: what a student wants, all that there is, or one line. */
export type Detail = 'brief' | 'verbose' | 'quiet';

/** @throws UsageError when both are asked for */
export function detailOf({ verbose, quiet }: TellFlags): Detail {
  if (verbose === true && quiet === true)
    throw new UsageError(told('--verbose and --quiet contradict each other: leave one out'));
  if (verbose === true) return 'verbose';
  return quiet === true ? 'quiet' : 'brief';
}
