import type { HostName } from '../evidence/events.ts';
import type { Endpoint } from '../tcp/segment.ts';
import type { SocketRow } from '../tcp/ss.ts';

/** Nanoseconds since the run began, as people read them. */
export const seconds = (t: number): string => `${(t / 1e9).toFixed(3)} s`;

/** A span of milliseconds: `250 ms`, `3 s`, `59.5 s`. */
export function span(ms: number): string {
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(1))} s`;
}

/** A span known to lie between two: `60 s..61.2 s`, or the one where they read the same. */
export function spans(least: number, most: number): string {
  const [from, to] = [span(least), span(most)];
  return from === to ? from : `${from}..${to}`;
}

export const endpoint = ({ address, port }: Endpoint): string => `${address}:${port || '*'}`;

export const sameEndpoint = (a: Endpoint, b: Endpoint): boolean =>
  a.address === b.address && a.port === b.port;

export const of = (host: HostName): string => `the ${host}'s`;

/** A socket in a few words: state, queues where they say something, timer. */
export function socketInWords(row: SocketRow): string {
  const says = row.recvQ + row.sendQ > 0 || row.state === 'LISTEN';
  return [
    row.state,
    ...(says ? [`Recv-Q ${row.recvQ}`, `Send-Q ${row.sendQ}`] : []),
    ...timerInWords(row),
  ].join(', ');
}

function timerInWords({ timer }: SocketRow): string[] {
  if (timer === undefined) return [];
  const left = timer.expiresMs === undefined ? '' : ` ${span(timer.expiresMs)}`;
  const sent = timer.retransmits === 0 ? [] : [`retransmitted ${times(timer.retransmits)}`];
  return [`timer ${timer.name}${left}`, ...sent];
}

const times = (n: number): string => (n === 1 ? 'once' : `${n} times`);

/** The same with the socket's addresses: one line of a socket table. */
export const socketInFull = (row: SocketRow): string =>
  `${endpoint(row.local)} to ${endpoint(row.peer)}: ${socketInWords(row)}`;

const UNITS: Record<string, number> = { ms: 1, s: 1000, min: 60_000 };

/** `3s`, `250ms`, `2min` in milliseconds. @throws Error for anything else. */
export function milliseconds(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|min)$/.exec(text);
  const factor = UNITS[match?.[2] ?? ''];
  if (match?.[1] === undefined || factor === undefined) {
    throw new Error(`'${text}' is no duration (like 250ms, 3s, 2min)`);
  }
  return Number(match[1]) * factor;
}
