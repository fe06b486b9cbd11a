import { HOSTS, type HostName } from '../evidence/events.ts';
import type { Connection } from '../history/connection.ts';
import type { Counts, WantedCounts } from '../evidence/expectations.ts';
import { counterIs } from '../expect/readings/counter.ts';
import type { Expectation } from '../expect/expectation.ts';
import { netstatCensus, netstatShows } from '../expect/readings/netstat.ts';
import { socketCounts } from '../expect/sockets/counts.ts';
import { endGone, endInState, endStays, type EndDetails } from '../expect/sockets/ends.ts';
import { listening, type ListenerDetails } from '../expect/sockets/listening.ts';
import { newSocket } from '../expect/sockets/newcomer.ts';
import type { Sighting } from '../expect/sockets/sighting.ts';
import { isState, STATES, type State } from '../tcp/states/state.ts';
import { NotationError, told } from '../told.ts';
import { allOf } from './all-of.ts';
import type { Session } from './session.ts';
import type { Subject } from './sides.ts';
import { milliseconds, timed, type Within } from './within.ts';

export type SubjectOf<K extends Subject['kind']> = Extract<Subject, { kind: K }>;

type Timer = NonNullable<EndDetails['timer']>;

interface WrittenDetails extends Pick<EndDetails, 'recvQ' | 'sendQ' | 'orphaned' | 'info'>, Within {
  /** The timer that `ss` shows, and how long it has left (`50s`). */
  timer?: { name: Timer['name']; least: string; most: string };
}

function detailsOf({ timer, ...rest }: WrittenDetails): EndDetails {
  const left = timer && {
    name: timer.name,
    least: milliseconds(timer.least),
    most: milliseconds(timer.most),
  };
  return { ...timed(rest), ...(left && { timer: left }) };
}

/** `expect(conn)`: both ends of a connection. */
export const ofConnection = (session: Session, connection: Connection) => ({
  /**
   * `ss` shows its ends in these states; CLOSED is an end that it does not show.
   * @example await expect(conn).toBeIn({ server: 'FIN-WAIT-2', client: 'CLOSE-WAIT' });
   */
  toBeIn: async (wanted: Record<HostName, State>, options: Within = {}) => {
    const ends = HOSTS.map((host) => {
      const end = ofEnd(session, { kind: 'end', host, connection });
      return wanted[host] === 'CLOSED' ? end.toBeGone(options) : end.toBeIn(wanted[host], options);
    });
    await allOf(ends);
  },
});

/** A lab without types may ask for anything. @throws NotationError for what is not a state */
function stateNamed(name: string): State {
  if (isState(name)) return name;
  throw new NotationError(
    told("'{name}' is not a TCP state: {states}", { name, states: STATES.join(', ') }),
  );
}

/** `expect(server.end(conn))`: one end of a connection. */
export const ofEnd = (session: Session, { host, connection }: SubjectOf<'end'>) => ({
  /**
   * `ss` shows this end in a state, and with these details: octets or connections in its queues, the
   * timer that runs, whether no process has it (`orphaned`: closed, or not accepted yet), what `ss -i` prints (`info`).
   * @example await expect(server.end(conn)).toBeIn('TIME-WAIT', { orphaned: true });
   */
  toBeIn: (wanted: State, details: WrittenDetails = {}) =>
    session.judge(endInState(host, connection, stateNamed(wanted), detailsOf(details))),

  /**
   * `ss` shows this end in a state whenever it looks, for a time from now on.
   * @example await expect(client.end(conn)).toStayIn('ESTABLISHED', { during: '2s' });
   */
  toStayIn: (
    wanted: State,
    { during, ...rest }: Omit<WrittenDetails, 'within'> & { during: string },
  ) =>
    session.judge(
      endStays(host, connection, stateNamed(wanted), milliseconds(during), detailsOf(rest)),
    ),

  /**
   * `ss` shows it no more: CLOSED. With `lasting` it was there about so long since it was seen in a
   * state (what `toBeIn` gives).
   * @example
   * const since = await expect(server.end(conn)).toBeIn('FIN-WAIT-2');
   * await expect(server.end(conn)).toBeGone({ lasting: { since, about: '3s' }, within: '10s' });
   */
  toBeGone: ({
    lasting,
    ...rest
  }: Within & { lasting?: { since: Sighting; about: string } } = {}) => {
    const age = lasting && { since: lasting.since, ms: milliseconds(lasting.about) };
    return session.judge(
      endGone(host, connection, { ...timed(rest), ...(age && { lasting: age }) }),
    );
  },
});

/** `expect(server.listener())`: a listening socket. */
export const ofListener = (session: Session, { host, port }: SubjectOf<'listener'>) => ({
  /**
   * It is in LISTEN; `queued` are the connections that nobody has accepted, `backlog` is listen()'s.
   * @example await expect(server.listener()).toBeListening({ queued: 1, backlog: 5 });
   */
  toBeListening: (details: Pick<ListenerDetails, 'backlog' | 'queued'> & Within = {}) =>
    session.judge(listening(host, port, timed(details))),
});

/** `expect(server.sockets())`: all TCP sockets of a host, or those of a port. */
export const ofSockets = (
  session: Session,
  { host, port }: SubjectOf<'sockets'>,
  known: Connection[],
) => {
  const where = port === undefined ? {} : { port };
  return {
    /**
     * So many sockets in each state, and none in any other. The value: how many there are.
     * @example await expect(server.sockets(6000)).toBe({ LISTEN: 1, ESTABLISHED: 2 });
     */
    toBe: (wanted: WantedCounts, options: Within = {}) =>
      session.judge(socketCounts(host, wanted, { ...timed(options), ...where })),

    /**
     * There is a connection in this state that no one has spoken of before. The value: the connection.
     * @example const conn = await expect(client.sockets()).toShowNew('SYN-SENT');
     */
    toShowNew: async (wanted: State, options: Within = {}) => {
      const connection = await session.judge(
        newSocket(host, wanted, known, { ...timed(options), ...where }),
      );
      known.push(connection);
      return connection;
    },
  };
};

/** `expect(server.counter('TcpExtListenDrops'))`: a counter of a host's TCP. */
export const ofCounter = (session: Session, { host, name }: SubjectOf<'counter'>) => ({
  /**
   * It is this number when it is read, which is now.
   * @example await expect(server.counter('TcpExtListenDrops')).toBe(3);
   */
  toBe: async (wanted: number) => {
    await session.perform('counters', host, {});
    return session.judge(counterIs(host, name, wanted));
  },
});

/** `expect(server.netstat())`: netstat runs when something is expected of it. */
export const ofNetstat = (session: Session, { host, port }: SubjectOf<'netstat'>) => {
  const where = port === undefined ? {} : { port };
  const read = async <T>(expectation: Expectation<T>): Promise<T> => {
    await session.perform('netstat', host, {});
    return session.judge(expectation);
  };
  return {
    /**
     * It shows these lines, in netstat's notation: `tcp 0 0 SERVER:6000 0.0.0.0:* LISTEN PID/node`
     * (harness/expect/readings/netstat-line.ts). The value: the lines as netstat prints them.
     * @example await expect(server.netstat()).toShow('tcp 0 0 SERVER:6000 0.0.0.0:* LISTEN PID/node');
     */
    toShow: async (lines: string) => read(netstatShows(host, session.facts, lines, where)),

    /**
     * `netstat -n | awk ...`, as the documents have it, counts so many in each state, and no other.
     * @example await expect(client.netstat()).toCount({ ESTABLISHED: 2, 'SYN-SENT': 3 });
     */
    toCount: async (wanted: Counts) => read(netstatCensus(host, wanted, where)),
  };
};
