import type { Endpoint } from '../tcp/segment.ts';
import type { SocketRow } from '../tcp/ss.ts';

/** Nanoseconds since the run began, as people read them. */
export const seconds = (t: number): string => `${(t / 1e9).toFixed(3)} s`;

/** A span of milliseconds: `250 ms`, `3 s`, `59.5 s`. */
export function span(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(1))} s`;
}

export const endpoint = ({ address, port }: Endpoint): string => `${address}:${port || '*'}`;

export const sameEndpoint = (a: Endpoint, b: Endpoint): boolean =>
  a.address === b.address && a.port === b.port;

/** A socket in a few words: state, queues that are not empty, timer. */
export function socketInWords(row: SocketRow): string {
  const queues =
    row.recvQ + row.sendQ === 0 || row.state === 'LISTEN'
      ? ''
      : `, Recv-Q ${row.recvQ}, Send-Q ${row.sendQ}`;
  const left = row.timer?.expiresMs;
  const timer =
    row.timer === undefined
      ? ''
      : `, timer ${row.timer.name}${left === undefined ? '' : ` ${span(left)}`}`;
  return `${row.state}${queues}${timer}`;
}

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
