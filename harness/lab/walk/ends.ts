import type { EventOf, HostName, LabEvent } from '../../evidence/events.ts';
import { isEnd, type Connection } from '../../history/connection.ts';
import type { Segment } from '../../tcp/segment.ts';
import type { State } from '../../tcp/state.ts';

/** Both ends' states. */
export type States = Record<HostName, State>;

/** The connection that a segment of this host belongs to. */
export const connectionOfSegment = ({ src, dst }: Segment, from: HostName): Connection =>
  from === 'server' ? { server: src, client: dst } : { server: dst, client: src };

/**
 * How `ss` has shown both ends last. An end without a row is LISTEN where its port is listened at and
 * it has not been more than half open; with `opening` also when it has, for a SYN begins anew.
 */
export function statesOf(
  events: readonly LabEvent[],
  connection: Connection,
  opening = false,
): States {
  const state = (host: HostName): State => stateOf(events, host, connection, opening);
  return { server: state('server'), client: state('client') };
}

/** A segment that begins a connection. */
export const opens = ({ flags }: Segment): boolean => flags.includes('S') && !flags.includes('.');

/** How long an end still stays in TIME-WAIT, milliseconds; undefined in any other state. */
export function timeWaitLeft(
  events: readonly LabEvent[],
  host: HostName,
  connection: Connection,
): number | undefined {
  const row = lastSample(events, host)?.rows.find((one) => isEnd(one, host, connection));
  return row?.state === 'TIME-WAIT' ? row.timer?.expiresMs : undefined;
}

function stateOf(
  events: readonly LabEvent[],
  host: HostName,
  connection: Connection,
  opening: boolean,
): State {
  const rows = lastSample(events, host)?.rows ?? [];
  const own = rows.find((row) => isEnd(row, host, connection));
  if (own !== undefined) return own.state;
  const { port } = connection[host];
  const listens = rows.some(({ state, local }) => state === 'LISTEN' && local.port === port);
  const fresh = opening || !hasBeenOpen(events, host, connection);
  return listens && fresh ? 'LISTEN' : 'CLOSED';
}

function hasBeenOpen(events: readonly LabEvent[], host: HostName, connection: Connection): boolean {
  const seen = events.findLast(
    (event): event is EventOf<'sample'> =>
      event.type === 'sample' &&
      event.host === host &&
      event.rows.some((row) => isEnd(row, host, connection)),
  );
  const state = seen?.rows.find((row) => isEnd(row, host, connection))?.state;
  return state !== undefined && state !== 'SYN-RECEIVED';
}

/** The last look at a host's sockets. */
export function lastSample(
  events: readonly LabEvent[],
  host: HostName,
): EventOf<'sample'> | undefined {
  return events.findLast(
    (event): event is EventOf<'sample'> => event.type === 'sample' && event.host === host,
  );
}

/**
 * The states that one end has been in since event `from`, by ss and by the tracepoint, which sees
 * what lasts less than a sample but calls TIME-WAIT CLOSED. The first is the one before.
 */
export function wayOf(
  events: readonly LabEvent[],
  from: number,
  host: HostName,
  connection: Connection,
  opening = false,
): State[] {
  const before = statesOf(events.slice(0, from), connection, opening)[host];
  const now = statesOf(events, connection)[host];
  const between = events
    .slice(from)
    .filter((event) => event.type === 'transition')
    .filter((event) => event.host === host && isEnd(event, host, connection))
    .map(({ to }) => to);
  const way = [before, ...between.filter((state) => state !== 'CLOSED'), now];
  return way.filter((state, index) => state !== way[index - 1]);
}
