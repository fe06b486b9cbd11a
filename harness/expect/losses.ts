import type { EventOf, HostName, LabEvent } from '../evidence/events.ts';
import { hasFlags } from '../wire/drop.ts';

/** Segments that the lab had taken away on arrival (harness/wire/drop.ts). */
export interface LossRule {
  /** How many at most. */
  count: number;
  /** Is a segment with these flags that comes in at `host` at `t` one of them? */
  takes(host: HostName, flags: string, t: number): boolean;
}

type Action = EventOf<'action'>;

/** The segments that came in and that TCP never saw: the numbers of their events. */
export function lostPackets(events: readonly LabEvent[]): ReadonlySet<number> {
  const rules = lossRules(events);
  if (rules.length === 0) return new Set();
  const arrivals = events
    .filter((event) => event.type === 'packet' && event.direction === 'in')
    .sort((a, b) => a.t - b.t) as EventOf<'packet'>[];
  const lost = rules.flatMap((rule) =>
    arrivals
      .filter(({ host, segment, t }) => segment !== undefined && rule.takes(host, segment.flags, t))
      .slice(0, rule.count),
  );
  return new Set(lost.map(({ seq }) => seq));
}

/**
 * The rules that were in force, by the lab's own `drop` and `undrop`: a host has those of one `drop`
 * at a time, one for each alternative.
 */
export function lossRules(events: readonly LabEvent[]): LossRule[] {
  const changes = events.filter(
    (event): event is Action =>
      event.type === 'action' &&
      event.phase === 'end' &&
      event.error === undefined &&
      (event.op === 'drop' || event.op === 'undrop'),
  );
  return changes
    .filter(({ op }) => op === 'drop')
    .flatMap((change) => {
      const { flags, count } = argumentsOf(events, change);
      const next = changes.find(({ seq, host }) => seq > change.seq && host === change.host);
      const until = next?.t ?? Infinity;
      return flags.split('|').map((wanted) => ({
        count: count ?? Infinity,
        takes: (host, seen, t) =>
          host === change.host && t >= change.t && t < until && hasFlags(seen, wanted),
      }));
    });
}

function argumentsOf(
  events: readonly LabEvent[],
  { id }: Action,
): { flags: string; count?: number } {
  const begin = events.find(
    (event): event is Action =>
      event.type === 'action' && event.phase === 'begin' && event.id === id,
  );
  return (begin?.args ?? { flags: '' }) as { flags: string; count?: number };
}
