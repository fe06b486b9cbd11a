import type { HostName } from '../../evidence/events.ts';
import type { Counts, Range, WantedCounts } from '../../evidence/expectations.ts';
import type { SocketRow } from '../../tcp/tables/ss.ts';
import { STATES } from '../../tcp/states/state.ts';
import { failed, met, pending, PATIENCE, type Expectation } from '../expectation.ts';
import { Looks } from './sighting.ts';

export interface CountsOptions {
  /** Only the sockets that have this port at one end. */
  port?: number;
  within?: number;
}

export const rangeOf = (wanted: number | Range = 0): Range =>
  typeof wanted === 'number' ? { least: wanted, most: wanted } : wanted;

const fits = (counts: Counts, wanted: WantedCounts): boolean =>
  STATES.every((state) => {
    const { least, most } = rangeOf(wanted[state]);
    const there = counts[state] ?? 0;
    return there >= least && there <= most;
  });

function count(rows: readonly SocketRow[], port: number | undefined): Counts {
  const counts: Counts = {};
  for (const { state, local, peer } of rows) {
    if (port !== undefined && local.port !== port && peer.port !== port) continue;
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

/**
 * All sockets of a host (on a port): so many in each state; states that are not named must have none.
 * The value: how many there are.
 */
export function socketCounts(
  host: HostName,
  counts: WantedCounts,
  { port, within = PATIENCE }: CountsOptions = {},
): Expectation<Counts, 'sockets'> {
  return {
    kind: 'sockets',
    params: { host, ...(port === undefined ? {} : { port }), counts },
    within,
    watches: [host],
    heeds: ['sample'],
    stated: (statement) => {
      const looks = new Looks(statement, host);
      return (over) => {
        for (const sample of looks.fresh()) {
          const there = count(sample.rows, port);
          if (fits(there, counts)) return met(there, { counts: there }, [sample.event]);
        }
        if (!over) return pending;
        const last = looks.all.at(-1);
        return last === undefined
          ? failed({}, [])
          : failed({ counts: count(last.rows, port) }, [last.event]);
      };
    },
  };
}
