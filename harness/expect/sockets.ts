import type { HostName } from '../evidence/events.ts';
import type { SocketRow } from '../tcp/ss.ts';
import { STATES, type State } from '../tcp/state.ts';
import { failed, met, pending, PATIENCE, type Expectation } from './expectation.ts';
import { of, socketInFull, socketInWords } from './format.ts';
import { rowsOf, samplesSince, sight, sightings, type Sighting } from './sighting.ts';

/** How many sockets a host has in each state. */
export type Census = Partial<Record<State, number>>;

/** A number where kernels differ. */
export interface Range {
  least: number;
  most: number;
}

/** How many it should have in each state; states that are not named must have none. */
export type WantedCensus = Partial<Record<State, number | Range>>;

export interface CensusOptions {
  /** Only the sockets that have this port at one end. */
  port?: number;
  within?: number;
}

const rangeOf = (wanted: number | Range = 0): Range =>
  typeof wanted === 'number' ? { least: wanted, most: wanted } : wanted;

const countsInWords = (counts: WantedCensus): string =>
  STATES.flatMap((state) => {
    const { least, most } = rangeOf(counts[state]);
    if (most === 0) return [];
    return [`${least === most ? least : `${least}..${most}`} ${state}`];
  }).join(', ') || 'none';

const fits = (counts: Census, wanted: WantedCensus): boolean =>
  STATES.every((state) => {
    const { least, most } = rangeOf(wanted[state]);
    const there = counts[state] ?? 0;
    return there >= least && there <= most;
  });

function count(rows: readonly SocketRow[]): Census {
  const counts: Census = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** All sockets of a host (on a port): so many in each state. The value: how many there are. */
export function census(
  host: HostName,
  wanted: WantedCensus,
  { port, within = PATIENCE }: CensusOptions = {},
): Expectation<Census> {
  const isMeant = ({ local, peer }: SocketRow): boolean =>
    port === undefined || local.port === port || peer.port === port;
  const where = port === undefined ? '' : ` of port ${port}`;
  return {
    text: `${of(host)} sockets${where} to be ${countsInWords(wanted)}`,
    within,
    watches: [host],
    heeds: ['sample'],
    evaluate: (view) => {
      const samples = samplesSince(view, host);
      for (const sample of samples) {
        const counts = count(rowsOf(sample).filter(isMeant));
        if (fits(counts, wanted)) return met(counts, countsInWords(counts), [sample.seq]);
      }
      if (!view.over) return pending;
      const last = samples.at(-1);
      if (last === undefined) return failed('no sample of them', []);
      const rows = rowsOf(last).filter(isMeant);
      return failed(countsInWords(count(rows)), [last.seq], rows.map(socketInFull));
    },
  };
}

export interface ListenerDetails {
  /** listen()'s number: `ss` shows it as Send-Q. */
  backlog?: number;
  /** Connections that nobody has accepted yet: Recv-Q. */
  queued?: number;
  /** A process that holds it. */
  pid?: number;
  within?: number;
}

/** A listener of a host on a port, at whatever address. */
export function listening(
  host: HostName,
  port: number,
  { backlog, queued, pid, within = PATIENCE }: ListenerDetails = {},
): Expectation<Sighting> {
  const isListener = (row: SocketRow): boolean => row.state === 'LISTEN' && row.local.port === port;
  const differences = (row: SocketRow): string[] => [
    ...(backlog === undefined || row.sendQ === backlog
      ? []
      : [`Send-Q ${row.sendQ}, not ${backlog}`]),
    ...(queued === undefined || row.recvQ === queued ? [] : [`Recv-Q ${row.recvQ}, not ${queued}`]),
    ...(pid === undefined || row.processes.some((process) => process.pid === pid)
      ? []
      : [`of another process`]),
  ];
  const words = [
    ...(queued === undefined ? [] : [`, Recv-Q ${queued} (not accepted)`]),
    ...(backlog === undefined ? [] : [`, Send-Q ${backlog} (backlog)`]),
  ];
  return {
    text: `the ${host} in LISTEN on port ${port}${words.join('')}`,
    within,
    watches: [host],
    heeds: ['sample'],
    evaluate: (view) => {
      const seen = sight(view, host, (row) => isListener(row) && differences(row).length === 0);
      if (seen !== undefined) {
        return met(seen.sighting, socketInWords(seen.sighting.row), [seen.sample.seq]);
      }
      if (!view.over) return pending;
      return sightings(samplesSince(view, host), isListener, 'no listener', differences);
    },
  };
}
