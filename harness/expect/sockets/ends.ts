import type { HostName, Json } from '../../evidence/events.ts';
import type { Difference, EndParams, SocketDetails } from '../../evidence/expectations.ts';
import { isEnd, type Connection } from '../../history/connection.ts';
import type { SocketRow } from '../../tcp/tables/ss.ts';
import type { State } from '../../tcp/states/state.ts';
import { differing, failed, met, pending, PATIENCE, type Expectation } from '../expectation.ts';
import { isAbout } from '../tolerance.ts';
import { Looks, notSighted, seenSocket, type Sighting } from './sighting.ts';

export interface EndDetails extends SocketDetails {
  /** Milliseconds to wait. */
  within?: number;
}

/** One end of a connection, seen by `ss` in a state. */
export function endInState(
  host: HostName,
  connection: Connection,
  state: State,
  { within = PATIENCE, ...details }: EndDetails = {},
): Expectation<Sighting, 'end-in-state'> {
  const params = { host, connection, state, ...details };
  const matches = (row: SocketRow): boolean => isEnd(row, host, connection);
  const fits = (row: SocketRow): boolean => matches(row) && differences(row, params).length === 0;
  return {
    kind: 'end-in-state',
    params,
    within,
    watches: [host],
    heeds: ['sample'],
    stated: (statement) => {
      const looks = new Looks(statement, host);
      return (over) => {
        for (const sample of looks.fresh()) {
          const row = sample.rows.find(fits);
          if (row === undefined) continue;
          const socket = seenSocket(row, details.info);
          return met(looks.sighting(sample, row, fits), { socket }, [sample.event]);
        }
        if (!over) return pending;
        return notSighted(looks.all, matches, (row) => differences(row, params), details.info);
      };
    },
  };
}

/** In which of the fields that matter a socket is not as wanted. */
function differences(row: SocketRow, wanted: EndParams): Difference[] {
  const { state, timer, recvQ, sendQ, orphaned, info = {} } = wanted;
  return [
    ...differing('state', state, row.state),
    ...differing('Recv-Q', recvQ, row.recvQ),
    ...differing('Send-Q', sendQ, row.sendQ),
    ...(timer === undefined || runs(row, timer)
      ? []
      : [{ field: 'timer', expected: { ...timer }, seen: (row.timer ?? null) as Json }]),
    ...(orphaned === undefined || orphaned === (row.processes.length === 0)
      ? []
      : [{ field: 'orphaned', expected: orphaned, seen: !orphaned }]),
    ...Object.entries(info).flatMap(([name, value]) => differing(name, value, row.info[name])),
  ];
}

function runs(
  { timer }: SocketRow,
  { name, least, most }: NonNullable<SocketDetails['timer']>,
): boolean {
  const left = timer?.expiresMs ?? NaN;
  return timer?.name === name && left >= least && left <= most;
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
  { within: _, ...details }: EndDetails = {},
): Expectation<undefined, 'end-stays'> {
  const params = { host, connection, state, ...details, ms };
  const matches = (row: SocketRow): boolean => isEnd(row, host, connection);
  const stays = (row: SocketRow): boolean => matches(row) && differences(row, params).length === 0;
  return {
    kind: 'end-stays',
    params,
    within: ms,
    watches: [host],
    heeds: ['sample'],
    lastLook: true,
    stated: (statement) => {
      const looks = new Looks(statement, host);
      return (over) => {
        for (const sample of looks.fresh()) {
          if (sample.rows.some(stays)) continue;
          return notSighted(looks.all, matches, (row) => differences(row, params), details.info);
        }
        if (!over) return pending;
        const by = looks.all.map(({ event }) => event);
        return met(undefined, { samples: by.length }, by);
      };
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
): Expectation<number | undefined, 'end-gone'> {
  const matches = (row: SocketRow): boolean => isEnd(row, host, connection);
  const about = lasting && { state: lasting.since.row.state, ms: lasting.ms };
  return {
    kind: 'end-gone',
    params: { host, connection, ...(about && { lasting: about }) },
    within,
    watches: [host],
    heeds: ['sample'],
    stated: (statement) => {
      const looks = new Looks(statement, host);
      return (over) => {
        for (const sample of looks.fresh()) {
          if (sample.rows.some(matches)) continue;
          if (lasting === undefined) return met(undefined, {}, [sample.event]);
          // It began between two samples, and ended between two, whether looked for by then or not.
          const { since, ms } = lasting;
          const { last, first } = looks.lastWith(matches, sample);
          const least = Math.max(0, (last?.began ?? since.t) - since.t) / 1e6;
          const most = (first.ended - (since.after ?? since.t)) / 1e6;
          const seen = { lasted: { least, most } };
          return isAbout(ms, least, most)
            ? met(most, seen, [sample.event])
            : failed(seen, [sample.event]);
        }
        return over ? notSighted(looks.all, matches) : pending;
      };
    },
  };
}
