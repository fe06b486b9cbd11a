import type { HostName } from '../evidence/events.ts';
import type { State } from '../tcp/states/state.ts';
import { other, type Connection } from './connection.ts';
import { courseOf } from './ends.ts';
import type { History } from './history.ts';
import type { Sample } from './sockets.ts';
import { sameEndpoint } from '../tcp/endpoint.ts';

/** Both ends' states. */
export type States = Record<HostName, State>;

/**
 * How `ss` has shown both ends last. An end without a row is LISTEN where its port is listened at and
 * it has not been more than half open; with `opening` also when it has, for a SYN begins anew.
 */
export function statesNow(history: History, connection: Connection, opening = false): States {
  const state = (host: HostName): State => stateBy(history, host, connection, { opening });
  return { server: state('server'), client: state('client') };
}

/** How long an end still stays in TIME-WAIT, milliseconds; undefined in any other state. */
export function timeWaitLeft(
  history: History,
  host: HostName,
  connection: Connection,
): number | undefined {
  const row = history.sockets[host].end(host, connection);
  return row?.state === 'TIME-WAIT' ? row.timer?.expiresMs : undefined;
}

/** The states that one end has been in since event `from`; the first is the one before. */
export function wayOf(
  history: History,
  from: number,
  host: HostName,
  connection: Connection,
  opening = false,
): State[] {
  const before = stateBy(history, host, connection, { opening, from });
  const since = courseOf(history)
    .turns.filter(
      (turn) =>
        turn.event >= from &&
        turn.host === host &&
        sameEndpoint(turn.local, connection[host]) &&
        sameEndpoint(turn.peer, connection[other(host)]),
    )
    .map(({ to }) => to);
  const now = stateBy(history, host, connection);
  const way = [before, ...since.filter((state) => state !== 'CLOSED'), now];
  return way.filter((state, index) => state !== way[index - 1]);
}

/** By the last sample, or the last before event `from`. */
function stateBy(
  history: History,
  host: HostName,
  connection: Connection,
  { opening = false, from = Infinity }: { opening?: boolean; from?: number } = {},
): State {
  const sockets = history.sockets[host];
  const [local, peer] = [connection[host], connection[other(host)]];
  const known = sockets.samples.filter(({ event }) => event < from);
  const stateIn = (sample: Sample | undefined): State | undefined =>
    sample && sockets.row(sample, local, peer)?.state;
  const last = known.at(-1);
  const own = stateIn(last);
  if (own !== undefined) return own;
  const listens = last?.rows.some((row) => row.state === 'LISTEN' && row.local.port === local.port);
  const been = stateIn(known.findLast((sample) => stateIn(sample) !== undefined));
  const isFresh = opening || been === undefined || been === 'SYN-RECEIVED';
  return listens && isFresh ? 'LISTEN' : 'CLOSED';
}
