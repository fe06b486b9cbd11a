import type { HostName, LabEvent } from '../evidence/events.ts';

/** What an expectation may look at: the stream, from where it was stated. */
export interface View {
  events: readonly LabEvent[];
  /** Index of the first event after the expectation was stated. */
  from: number;
  /** When it was stated, ns since the run began. */
  since: number;
  /** The time it had is over, and all evidence of that time is here. */
  over: boolean;
}

/** `seen` is one line; `details` are the candidates, a line each, with what differed. */
export type Evaluation<T> =
  | { kind: 'pending' }
  | { kind: 'met'; value: T; seen: string; by: number[] }
  | { kind: 'failed'; seen: string; details?: string[]; by: number[] };

/**
 * A pure function over the stream, with what is needed to wait for it: never an effect, never a
 * look at anything but the view. Once `view.over`, it must not answer `pending`.
 */
export interface Expectation<T> {
  /** What is expected, as the end of the sentence "expected ...". */
  text: string;
  evaluate: (view: View) => Evaluation<T>;
  /** Milliseconds until it is over. */
  within: number;
  /** Hosts whose sockets must be looked at meanwhile. */
  watches: readonly HostName[];
  /** They are looked at once more when the time is over. */
  lastLook?: boolean;
  /** The events that can change the answer; absent: any. */
  heeds?: readonly LabEvent['type'][];
}

/** Long enough for a busy machine: an expectation that is met never waits for it. */
export const PATIENCE = 10_000;

export const pending = { kind: 'pending' } as const;

export const met = <T>(value: T, seen: string, by: number[]): Evaluation<T> => ({
  kind: 'met',
  value,
  seen,
  by,
});

export const failed = (seen: string, by: number[], details?: string[]): Evaluation<never> => ({
  kind: 'failed',
  seen,
  by,
  ...(details === undefined ? {} : { details }),
});

/** The whole message of a failed expectation: one line of reason, then the evidence. */
export function failureMessage(
  text: string,
  seen: string,
  details: readonly string[] = [],
): string {
  return [`expected ${text}, saw ${seen}`, ...details.map((line) => `  ${line}`)].join('\n');
}
