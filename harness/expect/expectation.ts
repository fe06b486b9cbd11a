import type { HostName, LabEvent } from '../evidence/events.ts';
import type {
  Difference,
  FailedOf,
  Kind,
  LimitSeen,
  MetOf,
  Miss,
  ParamsOf,
} from '../evidence/expectations.ts';
import type { History } from '../history/history.ts';

/** What an expectation may look at: the history of the run, from where it was stated. */
export interface Statement {
  history: History;
  /** Index of the first event after the expectation was stated. */
  from: number;
  /** When it was stated, ns since the run began. */
  since: number;
}

/** `value` is the lab's; all else is recorded. */
export type Evaluation<T = unknown, K extends Kind = Kind> =
  | { verdict: 'pending' }
  | { verdict: 'met'; value: T; seen: MetOf<K>; by: number[] }
  | ({ verdict: 'failed'; seen: FailedOf<K> | LimitSeen; by: number[] } & Missed);

/** What was there instead. */
interface Missed {
  misses?: Miss[];
  nearest?: number;
}

/** Asked after each event that can change the answer, and with `over` when the time it had is over. */
export type Evaluate<T, K extends Kind> = (over: boolean) => Evaluation<T, K>;

/**
 * A pure fold over the history, with what is needed to wait for it: never an effect, never a look at
 * anything but the statement's history. When it is over, it must not answer `pending`. What it has
 * looked at it need not look at again: it may keep its place between two answers.
 */
export interface Expectation<T = unknown, K extends Kind = Kind> {
  kind: K;
  params: ParamsOf<K>;
  stated: (statement: Statement) => Evaluate<T, K>;
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

/** As many misses as are kept: the first ones, and the nearest. */
export const MOST_MISSES = 40;

export const pending = { verdict: 'pending' } as const;

export const met = <T, K extends Kind>(
  value: T,
  seen: MetOf<K>,
  by: number[],
): Evaluation<T, K> => ({ verdict: 'met', value, seen, by });

/** @param misses what was there instead, in order; the nearest is the one that differs in the fewest fields */
export function failed<K extends Kind>(
  seen: FailedOf<K>,
  by: number[],
  misses: readonly Miss[] = [],
): Evaluation<never, K> {
  return { verdict: 'failed', seen, by, ...missed(misses) };
}

function missed(all: readonly Miss[]): Missed {
  if (all.length === 0) return {};
  const least = Math.min(...all.map(distance));
  // Of several as near, the last: the world had come nearest by then.
  const nearest = all.findLastIndex((miss) => distance(miss) === least);
  if (all.length <= MOST_MISSES) return { misses: [...all], nearest };
  const kept = all.slice(0, MOST_MISSES);
  if (nearest < MOST_MISSES) return { misses: kept, nearest };
  const own = all[nearest];
  return { misses: [...kept.slice(0, -1), ...(own ? [own] : [])], nearest: MOST_MISSES - 1 };
}

/** Nothing at all is further off than anything that is there. */
const distance = ({ socket, differs }: Miss): number =>
  socket === null ? Infinity : differs.length;

/** The field that differs, or none where it does not matter or is as wanted. */
export const differing = (
  field: string,
  expected: string | number | undefined,
  seen: string | number | undefined,
): Difference[] =>
  expected === undefined || expected === seen ? [] : [{ field, expected, seen: seen ?? null }];
