import type { EventOf, HostName } from '../evidence/events.ts';
import type { SocketRow } from '../tcp/ss.ts';
import type { State } from '../tcp/state.ts';
import {
  connectionKey,
  connectionOf,
  isEnd,
  rowsOf,
  samplesSince,
  type Connection,
} from './connection.ts';
import { failed, met, pending, PATIENCE, type Expectation, type View } from './expectation.ts';
import { endpoint, seconds, socketInWords, span } from './format.ts';

/** Late is normal, early is not: kernel timers never fire early (facts: at most 8 % late). */
const EARLY = 0.01;
const LATE = 0.13;

/** A socket as it was seen at a time (ns since the run began). */
export interface Sighting {
  t: number;
  row: SocketRow;
}

export interface StateDetails {
  /** Milliseconds to wait. */
  within?: number;
  /** Name of the timer that `ss` shows, and about how many ms it has left. */
  timer?: string;
  expires?: { atLeast: number; atMost: number };
  recvQ?: number;
  sendQ?: number;
  /** The socket belongs to a process (false: the kernel alone still holds it). */
  owned?: boolean;
}

const differences = (row: SocketRow, state: State, details: StateDetails): string[] => {
  const differs: string[] = [];
  const check = (name: string, want: unknown, seen: unknown): void => {
    if (want !== undefined && want !== seen)
      differs.push(`${name} ${String(seen)}, not ${String(want)}`);
  };
  check('state', state, row.state);
  check('timer', details.timer, row.timer?.name);
  check('Recv-Q', details.recvQ, row.recvQ);
  check('Send-Q', details.sendQ, row.sendQ);
  check('owned by a process', details.owned, row.processes.length > 0);
  const { expires } = details;
  const left = row.timer?.expiresMs;
  if (
    expires !== undefined &&
    (left === undefined || left < expires.atLeast || left > expires.atMost)
  ) {
    const wanted = `${span(expires.atLeast)}..${span(expires.atMost)}`;
    differs.push(`timer at ${left === undefined ? 'nothing' : span(left)}, not ${wanted}`);
  }
  return differs;
};

const nameOfEnd = (host: HostName, connection: Connection): string =>
  `the ${host}'s end (${endpoint(connection[host])})`;

/** One end of a connection, seen by `ss` in a state. */
export function endInState(
  host: HostName,
  connection: Connection,
  state: State,
  details: StateDetails = {},
): Expectation<Sighting> {
  return {
    text: `${nameOfEnd(host, connection)} in ${state}${detailsInWords(details)}`,
    within: details.within ?? PATIENCE,
    watches: [host],
    evaluate: (view) => {
      const samples = samplesSince(view.events, host, view.from, view.since);
      for (const sample of samples) {
        const row = rowsOf(sample).find((row) => isEnd(row, host, connection));
        if (row !== undefined && differences(row, state, details).length === 0) {
          return met({ t: sample.began, row }, socketInWords(row), [sample.seq]);
        }
      }
      if (!view.over) return pending;
      const look = (row: SocketRow): string => differences(row, state, details).join('; ');
      return sightings(samples, (row) => isEnd(row, host, connection), 'no such socket', look);
    },
  };
}

function detailsInWords({ timer, expires, recvQ, sendQ, owned }: StateDetails): string {
  const words = [
    timer === undefined ? '' : ` with timer ${timer}`,
    expires === undefined ? '' : ` at ${span(expires.atLeast)}..${span(expires.atMost)}`,
    recvQ === undefined ? '' : ` with Recv-Q ${recvQ}`,
    sendQ === undefined ? '' : ` with Send-Q ${sendQ}`,
    owned === undefined ? '' : owned ? ', owned by a process' : ', owned by no process',
  ];
  return words.join('');
}

/** What was there instead: the last sight in one line, every different one below. */
function sightings(
  samples: EventOf<'sample'>[],
  matches: (row: SocketRow) => boolean,
  nothing: string,
  look: (row: SocketRow) => string,
): ReturnType<typeof failed> {
  const lines: string[] = [];
  let last = nothing;
  let previous = '';
  for (const sample of samples) {
    const row = rowsOf(sample).find(matches);
    const words = row === undefined ? nothing : socketInWords(row);
    const differs = row === undefined ? '' : look(row);
    last = words;
    // The timer counts down in every sample; a line each is for what changed.
    const kind =
      row === undefined
        ? nothing
        : `${row.state} ${row.recvQ} ${row.sendQ} ${row.timer?.name ?? ''}`;
    if (kind !== previous) {
      lines.push(
        `#${sample.seq} at ${seconds(sample.began)}: ${words}${differs === '' ? '' : `  (${differs})`}`,
      );
    }
    previous = kind;
  }
  return failed(
    last,
    samples.slice(-1).map(({ seq }) => seq),
    lines,
  );
}

export interface GoneDetails {
  within?: number;
  /** It was first seen then, and must have lasted about `lasting` ms (-1 % / +13 % and a sample). */
  lasting?: { since: Sighting; ms: number };
}

/** One end of a connection is CLOSED: `ss` has no row for it. The value is its age in ms, if asked. */
export function endGone(
  host: HostName,
  connection: Connection,
  { within = PATIENCE, lasting }: GoneDetails = {},
): Expectation<number | undefined> {
  const about =
    lasting === undefined ? '' : ` about ${span(lasting.ms)} after ${lasting.since.row.state}`;
  return {
    text: `${nameOfEnd(host, connection)} gone${about}`,
    within,
    watches: [host],
    evaluate: (view) => {
      const samples = samplesSince(view.events, host, view.from, view.since);
      const matches = (row: SocketRow): boolean => isEnd(row, host, connection);
      const gone = samples.findIndex((sample) => !rowsOf(sample).some(matches));
      const sample = samples[gone];
      if (sample === undefined) {
        return view.over ? sightings(samples, matches, 'no such socket', () => '') : pending;
      }
      if (lasting === undefined) return met(undefined, 'no such socket', [sample.seq]);
      // It was still there in the sample before: its end lies between the two.
      const earliest = ((samples[gone - 1] ?? sample).began - lasting.since.t) / 1e6;
      const latest = (sample.ended - lasting.since.t) / 1e6;
      const seen = `it gone after ${span(earliest)}..${span(latest)}`;
      const fits = latest >= lasting.ms * (1 - EARLY) && earliest <= lasting.ms * (1 + LATE);
      return fits ? met(latest, seen, [sample.seq]) : failed(seen, [sample.seq]);
    },
  };
}

/** How many sockets a host has in each state; states that are not named must have none. */
export type Census = Partial<Record<State, number>>;

export function census(
  host: HostName,
  wanted: Census,
  { port, within = PATIENCE }: { port?: number; within?: number } = {},
): Expectation<SocketRow[]> {
  const where = port === undefined ? '' : ` on port ${port}`;
  const words = (counts: Census): string =>
    Object.entries(counts)
      .map(([state, n]) => `${n} ${state}`)
      .sort()
      .join(', ') || 'no socket';
  const counted = (rows: SocketRow[]): Census => {
    const counts: Census = {};
    for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
    return counts;
  };
  const ofPort = (row: SocketRow): boolean =>
    port === undefined || row.local.port === port || row.peer.port === port;
  return {
    text: `at the ${host}${where} ${words(wanted)}`,
    within,
    watches: [host],
    evaluate: (view) => {
      const samples = samplesSince(view.events, host, view.from, view.since);
      for (const sample of samples) {
        const rows = rowsOf(sample).filter(ofPort);
        if (words(counted(rows)) === words(wanted)) return met(rows, words(wanted), [sample.seq]);
      }
      if (!view.over) return pending;
      const last = samples.at(-1);
      const rows = last === undefined ? [] : rowsOf(last).filter(ofPort);
      return failed(
        words(counted(rows)),
        last === undefined ? [] : [last.seq],
        rows.map((row) => row.line),
      );
    },
  };
}

/** A listener of a host on a port (any address). `Recv-Q` is the accept queue, `Send-Q` its limit. */
export function listening(
  host: HostName,
  port: number,
  details: { backlog?: number; queued?: number; pid?: number; within?: number } = {},
): Expectation<Sighting> {
  const { backlog, queued, pid } = details;
  const words = [
    backlog === undefined ? '' : `backlog ${backlog}`,
    queued === undefined ? '' : `${queued} in the accept queue`,
  ].filter((word) => word !== '');
  const isListener = (row: SocketRow): boolean => row.state === 'LISTEN' && row.local.port === port;
  const fits = (row: SocketRow): boolean =>
    isListener(row) &&
    (backlog === undefined || row.sendQ === backlog) &&
    (queued === undefined || row.recvQ === queued) &&
    (pid === undefined || row.processes.some((process) => process.pid === pid));
  return {
    text: `the ${host} in LISTEN on port ${port}${words.length === 0 ? '' : ` with ${words.join(', ')}`}`,
    within: details.within ?? PATIENCE,
    watches: [host],
    evaluate: (view) => {
      const samples = samplesSince(view.events, host, view.from, view.since);
      for (const sample of samples) {
        const row = rowsOf(sample).find(fits);
        if (row !== undefined) {
          const seen = `LISTEN, ${row.recvQ} of ${row.sendQ} in the accept queue`;
          return met({ t: sample.began, row }, seen, [sample.seq]);
        }
      }
      if (!view.over) return pending;
      return sightings(
        samples,
        isListener,
        'no listener',
        (row) => `Recv-Q ${row.recvQ}, Send-Q ${row.sendQ}`,
      );
    },
  };
}

/** A socket of `host` in `state` that belongs to none of the `known` connections. */
export function newSocket(
  host: HostName,
  state: State,
  known: readonly Connection[],
  { within = PATIENCE, port }: { within?: number; port?: number } = {},
): Expectation<Connection> {
  const old = new Set(known.map(connectionKey));
  const isNew = (row: SocketRow): boolean =>
    row.peer.port !== 0 &&
    (port === undefined || row.local.port === port || row.peer.port === port) &&
    !old.has(connectionKey(connectionOf(row, host)));
  return {
    text: `a new socket of the ${host} in ${state}`,
    within,
    watches: [host],
    evaluate: (view) => {
      const samples = samplesSince(view.events, host, view.from, view.since);
      for (const sample of samples) {
        const row = rowsOf(sample).find((row) => isNew(row) && row.state === state);
        if (row !== undefined) {
          const connection = connectionOf(row, host);
          return met(connection, `${endpoint(row.local)} to ${endpoint(row.peer)}`, [sample.seq]);
        }
      }
      if (!view.over) return pending;
      return sightings(
        samples,
        isNew,
        'no new socket',
        (row) => `state ${row.state}, not ${state}`,
      );
    },
  };
}

/** A connection that both ends show ESTABLISHED and that is none of the `known`. */
export function established(known: readonly Connection[]): Expectation<Connection> {
  const old = new Set(known.map(connectionKey));
  const fresh = (
    view: View,
    host: HostName,
  ): Map<string, { seq: number; connection: Connection }> => {
    const found = new Map<string, { seq: number; connection: Connection }>();
    for (const sample of samplesSince(view.events, host, view.from, view.since)) {
      for (const row of rowsOf(sample)) {
        if (row.state !== 'ESTABLISHED') continue;
        const connection = connectionOf(row, host);
        if (!old.has(connectionKey(connection))) {
          found.set(connectionKey(connection), { seq: sample.seq, connection });
        }
      }
    }
    return found;
  };
  return {
    text: 'a connection ESTABLISHED at both ends',
    within: PATIENCE,
    watches: ['server', 'client'],
    evaluate: (view) => {
      const atServer = fresh(view, 'server');
      for (const [key, { seq, connection }] of fresh(view, 'client')) {
        const there = atServer.get(key);
        if (there !== undefined) {
          const seen = `${endpoint(connection.client)} to ${endpoint(connection.server)}`;
          return met(connection, seen, [seq, there.seq]);
        }
      }
      if (!view.over) return pending;
      const lines = (['client', 'server'] as const).map((host) => {
        const rows = samplesSince(view.events, host, view.from, view.since).at(-1);
        const words = rows === undefined ? [] : rowsOf(rows).map((row) => row.line);
        return `${host}: ${words.join(' | ') || 'no socket'}`;
      });
      return failed('none', [], lines);
    },
  };
}
