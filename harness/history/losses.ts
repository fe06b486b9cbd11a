import type { EventOf, HostName } from '../evidence/events.ts';
import { areAmong } from '../tcp/frame/flags.ts';
import type { History } from './history.ts';
import { during } from './in-time.ts';

/** Segments that the lab had taken away on arrival (harness/wire/drop.ts). */
export interface LossRule {
  /** Where they come in. */
  host: HostName;
  /** From when to when, ns since the run began. */
  since: number;
  until: number;
  /** How many at most. */
  count: number;
  /** Is a segment with these flags one of them? */
  takes: (flags: string) => boolean;
}

/** The segments that came in and that TCP never saw: the numbers of their events. */
export const lostPackets = (history: History): ReadonlySet<number> => history.derive(read);

function read(history: History): ReadonlySet<number> {
  const lost = new Set<number>();
  for (const { host, since, until, count, takes } of lossRules(history)) {
    let left = count;
    for (const { direction, segment, t, event } of during(history.captures[host].packets, {
      since,
      until,
    })) {
      if (left === 0) break;
      if (direction !== 'in' || t === until || !takes(segment.flags)) continue;
      lost.add(event);
      left--;
    }
  }
  return lost;
}

/**
 * The rules that were in force, by the lab's own `drop` and `undrop`: a host has those of one `drop`
 * at a time, one for each alternative.
 */
export function lossRules(history: History): LossRule[] {
  const next: Partial<Record<HostName, number>> = {};
  return changesOf(history)
    .reverse()
    .flatMap(({ op, host, args, end }) => {
      const until = next[host] ?? Infinity;
      next[host] = end.t;
      if (op === 'undrop') return [];
      const { flags = '', count = Infinity } = args as { flags?: string; count?: number };
      return flags.split('|').map((wanted) => {
        const takes = (seen: string): boolean => areAmong(seen, wanted);
        return { host, since: end.t, until, count, takes };
      });
    })
    .reverse();
}

interface Change {
  op: string;
  host: HostName;
  args: object;
  end: EventOf<'action'>;
}

/** What has been done to a host's rules, in order. */
function changesOf({ lab }: History): Change[] {
  return lab.actions
    .flatMap(({ op, host, args, end }): Change[] => {
      const isChange = op === 'drop' || op === 'undrop';
      if (!isChange || host === undefined || end === undefined || end.error !== undefined)
        return [];
      return [{ op, host, args: Object(args) as object, end }];
    })
    .sort((a, b) => a.end.seq - b.end.seq);
}
