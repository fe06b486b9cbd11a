import type {
  Counts,
  Difference,
  EndParams,
  Miss,
  Range,
  SeenSocket,
  SocketDetails,
  SocketSeen,
  WantedCounts,
} from '../evidence/expectations.ts';
import { HOSTS, type HostName } from '../evidence/events.ts';
import type { History } from '../history/history.ts';
import { endpointText } from '../tcp/endpoint.ts';
import { STATES, type State } from '../tcp/states/state.ts';
import type { Say } from '../texts/say.ts';
import { listed, seconds, span, spans } from './units.ts';

/** A socket in a few words: state, queues where they say something, timer. */
export function socketInWords(socket: SeenSocket, t: Say): string {
  const { state, recvQ, sendQ } = socket;
  const says = recvQ + sendQ > 0 || state === 'LISTEN';
  const queues = says ? [`Recv-Q ${recvQ}`, `Send-Q ${sendQ}`] : [];
  return listed([state, ...queues, ...timerInWords(socket, t)], t);
}

function timerInWords({ timer }: SeenSocket, t: Say): string[] {
  if (timer === undefined) return [];
  const { name, expiresMs, retransmits } = timer;
  const runs =
    expiresMs === undefined
      ? `timer ${name}`
      : t('timer {name} {time}', { name, time: span(expiresMs) });
  if (retransmits === 0) return [runs];
  const times =
    retransmits === 1 ? t('retransmitted once') : t('retransmitted {n} times', { n: retransmits });
  return [runs, times];
}

/** The same with the socket's addresses: one line of a socket table. */
export const socketInFull = (socket: SeenSocket, t: Say): string =>
  t('{end} to {peer}: {what}', {
    end: endpointText(socket.local),
    peer: endpointText(socket.peer),
    what: socketInWords(socket, t),
  });

function holder({ processes, state }: Pick<SeenSocket, 'processes' | 'state'>, t: Say): string {
  const names = processes.map(({ name, pid }) => `${name} (pid ${pid})`);
  return names.length === 0
    ? ofNoProcess(state, t)
    : t('held by {name}', { name: names.join(', ') });
}

/** In these no process has a connection only because nobody has accepted it yet. */
export const UNACCEPTED: ReadonlySet<State> = new Set<State>([
  'SYN-RECEIVED',
  'ESTABLISHED',
  'CLOSE-WAIT',
]);

/** Why no process has a socket. */
const ofNoProcess = (state: State, t: Say): string =>
  UNACCEPTED.has(state) ? t('not accepted yet') : t('orphaned');

/** What was asked of a socket beside its state, an item each. */
function detailsInWords(state: State, details: SocketDetails, t: Say): string[] {
  const { timer, recvQ, sendQ, orphaned, info = {} } = details;
  return [
    ...(recvQ === undefined ? [] : [`Recv-Q ${recvQ}`]),
    ...(sendQ === undefined ? [] : [`Send-Q ${sendQ}`]),
    ...(timer === undefined
      ? []
      : [t('timer {name} {time}', { name: timer.name, time: spans(timer.least, timer.most) })]),
    ...(orphaned === undefined ? [] : [orphaned ? ofNoProcess(state, t) : t('held by a process')]),
    ...Object.entries(info).map(([name, value]) => `${name} ${value}`),
  ];
}

/** `FIN-WAIT-1, Recv-Q 0`: a state, and what else is asked. */
export function stateInWords({ state, ...details }: EndParams & { ms?: number }, t: Say): string {
  return listed([state, ...detailsInWords(state, details, t)], t);
}

/**
 * An end of a connection: its host, and where the lab has named several connections, its ports, but
 * those that are not to be told.
 */
export function endName(
  { host, connection }: { host: HostName; connection: Record<HostName, { port?: number }> },
  t: Say,
  history?: History,
): string {
  if (history?.lab.namesSeveral !== true) return t(host);
  const end = (of: HostName): string => {
    const { port } = connection[of];
    return port === undefined ? t(of) : `${t(of)}:${port}`;
  };
  const peer = host === 'server' ? 'client' : 'server';
  return t('{end} (to {peer})', { end: end(host), peer: end(peer) });
}

/** The last sight of a socket; `nobody` where there was none. */
export function sightInWords(
  { socket }: SocketSeen,
  nobody: string,
  t: Say,
  { withHolder = false } = {},
): string {
  if (socket === undefined) return t('no sample of its sockets');
  if (socket === null) return nobody;
  // Who holds it is told where it was asked.
  const words = socketInWords(socket, t);
  return withHolder ? listed([words, holder(socket, t)], t) : words;
}

/** Each different sight, a line each: `#12 at 1.002 s: FIN-WAIT-1  (state FIN-WAIT-1, not TIME-WAIT)`. */
export function sightsInWords(
  misses: readonly Miss[],
  nobody: string,
  history: History,
  t: Say,
  options: { withHolder?: boolean } = {},
): string[] {
  return misses.map(({ event, socket = null, differs }) => {
    const sight = sightInWords({ socket }, nobody, t, options);
    const why = differs.map((one) => differenceInWords(one, t)).join(t('; '));
    const seen = why === '' ? sight : t('{seen}  ({why})', { seen: sight, why });
    const time = seconds(history.sample(event)?.began ?? 0);
    return t('#{n} at {time}: {seen}', { n: event, time, seen });
  });
}

/** In what a socket, or a line of netstat, differs from what was asked for. */
export function differenceInWords({ field, expected, seen }: Difference, t: Say): string {
  switch (field) {
    case 'state':
      return t('state {state}, not {to}', { state: text(seen), to: text(expected) });
    case 'Recv-Q':
      return t('Recv-Q {n}, not {m}', { n: text(seen), m: text(expected) });
    case 'Send-Q':
      return t('Send-Q {n}, not {m}', { n: text(seen), m: text(expected) });
    case 'timer': {
      const { name, least, most } = expected as unknown as Range & { name: string };
      return t('not timer {name} {time}', { name, time: spans(least, most) });
    }
    case 'orphaned':
      return expected === true ? t('held by a process') : t('not held by a process');
    case 'pid':
      return t('held by another process');
    default:
      return t('{column} {value}, not {wanted}', {
        column: field,
        value: seen === null ? t('none') : text(seen),
        wanted: text(expected),
      });
  }
}

const text = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** `1 LISTEN, 8..9 SYN-RECEIVED`. */
export function countsInWords(counts: WantedCounts | Counts, t: Say): string {
  const items = STATES.flatMap((state) => {
    const wanted = counts[state] ?? 0;
    const { least, most } = typeof wanted === 'number' ? { least: wanted, most: wanted } : wanted;
    if (most === 0) return [];
    return [`${least === most ? least : `${least}..${most}`} ${state}`];
  });
  return items.join(', ') || t('none');
}

/** The sockets of a sample, a line each. */
export function tableInWords(
  event: number | undefined,
  history: History,
  t: Say,
  port?: number,
): string[] {
  const sample =
    event === undefined ? undefined : history.samples.find((one) => one.event === event);
  const rows = sample?.rows ?? [];
  return rows
    .filter(({ local, peer }) => port === undefined || local.port === port || peer.port === port)
    .slice(0, MOST_ROWS)
    .map((row) => socketInFull(row, t));
}

/** As many rows as a reader looks at. */
const MOST_ROWS = 40;

/** The sockets of both hosts in their last samples. */
export function lastLooks(by: readonly number[], history: History, t: Say): string[] {
  return HOSTS.flatMap((host) => {
    const event = by.find((one) => history.sample(one)?.host === host);
    const rows = event === undefined ? [] : tableInWords(event, history, t);
    const none = event === undefined ? t('no sample of its sockets') : t('no socket');
    return (rows.length === 0 ? [none] : rows).map((seen) =>
      t('{host}: {seen}', { host: t(host), seen }),
    );
  });
}
