import type { HostName } from '../evidence/events.ts';
import type { SocketRow, SocketTimer } from '../tcp/ss.ts';
import type { State } from '../tcp/state.ts';
import { isEnd, type Connection } from '../history/connection.ts';
import { failed, met, pending, PATIENCE, type Expectation } from './expectation.ts';
import { endpoint, of, socketInWords, span, spans } from './format.ts';
import { rowsOf, samplesSince, sight, sightings, type Sighting } from './sighting.ts';
import { isAbout } from './tolerance.ts';

export interface StateDetails {
  /** Milliseconds to wait. */
  within?: number;
  /** The timer that `ss` shows, and how many ms it has left. */
  timer?: { name: SocketTimer['name']; least: number; most: number };
  recvQ?: number;
  sendQ?: number;
  /** A process has the socket (false: the kernel alone still has it). */
  owned?: boolean;
  /** What `ss -i` prints, by its name there: `{ mss: '1448' }`. */
  info?: Record<string, string>;
}

const nameOfEnd = (host: HostName, connection: Connection): string =>
  `${of(host)} end (${endpoint(connection[host])})`;

const NOBODY = 'no such socket (CLOSED)';

/** One end of a connection, seen by `ss` in a state. */
export function endInState(
  host: HostName,
  connection: Connection,
  state: State,
  details: StateDetails = {},
): Expectation<Sighting> {
  const matches = (row: SocketRow): boolean => isEnd(row, host, connection);
  const differs = (row: SocketRow): string[] => differences(row, state, details);
  // Who holds it is told where it was asked.
  const inWords = (row: SocketRow): string =>
    details.owned === undefined ? socketInWords(row) : `${socketInWords(row)}, ${holder(row)}`;
  return {
    text: `${nameOfEnd(host, connection)} in ${state}${detailsInWords(details)}`,
    within: details.within ?? PATIENCE,
    watches: [host],
    heeds: ['sample'],
    evaluate: (view) => {
      const seen = sight(view, host, (row) => matches(row) && differs(row).length === 0);
      if (seen !== undefined) {
        return met(seen.sighting, inWords(seen.sighting.row), [seen.sample.seq]);
      }
      if (!view.over) return pending;
      return sightings(samplesSince(view, host), matches, NOBODY, differs, inWords);
    },
  };
}

function differences(row: SocketRow, state: State, details: StateDetails): string[] {
  const { timer, recvQ, sendQ, owned, info = {} } = details;
  return [
    ...(row.state === state ? [] : [`state ${row.state}, not ${state}`]),
    ...(recvQ === undefined || recvQ === row.recvQ ? [] : [`Recv-Q ${row.recvQ}, not ${recvQ}`]),
    ...(sendQ === undefined || sendQ === row.sendQ ? [] : [`Send-Q ${row.sendQ}, not ${sendQ}`]),
    ...(timer === undefined || runs(row, timer) ? [] : [`not timer ${timerInWords(timer)}`]),
    ...(owned === undefined || owned === row.processes.length > 0
      ? []
      : [`not held by ${owned ? 'a process' : 'the kernel alone'}`]),
    ...Object.entries(info).flatMap(([name, value]) =>
      row.info[name] === value ? [] : [`${name} ${row.info[name] ?? 'none'}, not ${value}`],
    ),
  ];
}

type Timer = NonNullable<StateDetails['timer']>;

function runs({ timer }: SocketRow, { name, least, most }: Timer): boolean {
  const left = timer?.expiresMs ?? NaN;
  return timer?.name === name && left >= least && left <= most;
}

const timerInWords = ({ name, least, most }: Timer): string => `${name} ${spans(least, most)}`;

function holder({ processes }: SocketRow): string {
  const names = processes.map(({ name, pid }) => `${name} (pid ${pid})`);
  return `held by ${names.join(', ') || 'the kernel alone'}`;
}

function detailsInWords({ timer, recvQ, sendQ, owned, info = {} }: StateDetails): string {
  return [
    ...(recvQ === undefined ? [] : [`, Recv-Q ${recvQ}`]),
    ...(sendQ === undefined ? [] : [`, Send-Q ${sendQ}`]),
    ...(timer === undefined ? [] : [`, timer ${timerInWords(timer)}`]),
    ...(owned === undefined ? [] : [`, held by ${owned ? 'a process' : 'the kernel alone'}`]),
    ...Object.entries(info).map(([name, value]) => `, ${name} ${value}`),
  ].join('');
}

/**
 * One end of a connection is in a state in every sample for `ms` from now on, the last of which
 * begins when that time is over. Fails at the first that shows it otherwise.
 */
export function endStays(
  host: HostName,
  connection: Connection,
  state: State,
  ms: number,
  details: StateDetails = {},
): Expectation<undefined> {
  const matches = (row: SocketRow): boolean => isEnd(row, host, connection);
  const differs = (row: SocketRow): string[] => differences(row, state, details);
  const stays = (row: SocketRow): boolean => matches(row) && differs(row).length === 0;
  return {
    text: `${nameOfEnd(host, connection)} in ${state}${detailsInWords(details)} for ${span(ms)}`,
    within: ms,
    watches: [host],
    heeds: ['sample'],
    lastLook: true,
    evaluate: (view) => {
      const samples = samplesSince(view, host);
      const left = samples.findIndex((sample) => !rowsOf(sample).some(stays));
      if (left !== -1)
        return sightings(samples.slice(0, left + 1), matches, NOBODY, differs, socketInWords);
      if (!view.over) return pending;
      const by = samples.map(({ seq }) => seq);
      return met(undefined, `it so in all ${by.length} samples`, by);
    },
  };
}

export interface GoneDetails {
  within?: number;
  /** It must have lasted about `ms` from when it became what the sighting shows. */
  lasting?: { since: Sighting; ms: number };
}

/** One end of a connection is CLOSED: `ss` has no row for it. The value: it lasted at most so many ms. */
export function endGone(
  host: HostName,
  connection: Connection,
  { within = PATIENCE, lasting }: GoneDetails = {},
): Expectation<number | undefined> {
  const matches = (row: SocketRow): boolean => isEnd(row, host, connection);
  const about =
    lasting === undefined
      ? ''
      : ` about ${span(lasting.ms)} after it went to ${lasting.since.row.state}`;
  return {
    text: `${nameOfEnd(host, connection)} gone${about}`,
    within,
    watches: [host],
    heeds: ['sample'],
    evaluate: (view) => {
      const samples = samplesSince(view, host);
      const gone = samples.findIndex((sample) => !rowsOf(sample).some(matches));
      const sample = samples[gone];
      if (sample === undefined) return view.over ? sightings(samples, matches, NOBODY) : pending;
      if (lasting === undefined) return met(undefined, NOBODY, [sample.seq]);
      // It began between two samples, and ended between two.
      const { since, ms } = lasting;
      const earliest = ((samples[gone - 1] ?? sample).began - since.t) / 1e6;
      const latest = (sample.ended - (since.after ?? since.t)) / 1e6;
      const seen = `it gone after ${spans(earliest, latest)}`;
      return isAbout(ms, earliest, latest)
        ? met(latest, seen, [sample.seq])
        : failed(seen, [sample.seq]);
    },
  };
}
