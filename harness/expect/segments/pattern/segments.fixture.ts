import type { Segment, TcpOptions } from '../../../tcp/segment.ts';
import { parsePattern } from './parse.ts';
import { matchPattern } from './match.ts';
import type { MatchOptions } from './results.ts';
import type { CarriedSegment, Side } from './types.ts';

/** What a test says about a segment; the rest is an ordinary bare segment. */
export interface Given {
  from?: Side;
  flags?: string;
  seq?: number;
  ack?: number;
  window?: number;
  length?: number;
  options?: TcpOptions;
  /** Milliseconds since the run began; the segments of a list lie 1 ms apart by default. */
  ms?: number;
}

/** The segments of one connection, numbered as events 1, 2, ... */
export function segments(...list: Given[]): CarriedSegment[] {
  return list.map((given, index) => ({
    event: index + 1,
    t: (given.ms ?? index) * 1e6,
    from: given.from ?? 'client',
    segment: segmentOf(given),
  }));
}

function segmentOf({ flags = '.', seq = 0, ack, window = 502, ...given }: Given): Segment {
  const server = { address: '10.0.0.1', port: 6000 };
  const client = { address: '10.0.0.2', port: 40000 };
  const [src, dst] = given.from === 'server' ? [server, client] : [client, server];
  return {
    src,
    dst,
    flags,
    seq,
    ...(ack !== undefined && { ack }),
    window,
    length: given.length ?? 0,
    options: given.options ?? {},
    ip: { id: 1, ttl: 64, length: 40 },
  };
}

/** A server that closes first, as the `time-wait` lab sees it. */
export const close = segments(
  { from: 'server', flags: 'F.', seq: 1000, ack: 500 },
  { from: 'client', flags: '.', seq: 500, ack: 1001 },
  { from: 'client', flags: 'F.', seq: 500, ack: 1001, ms: 900 },
  { from: 'server', flags: '.', seq: 1001, ack: 501, ms: 901 },
);

export const closePattern = `
  server > client  F.  seq=s
  client > server  .   ack=s+1
  client > server  F.  seq=c  ack=s+1
  server > client  .   ack=c+1
`;

/** The kind of result, which is all that most tests ask for. */
export function verdict(text: string, list: CarriedSegment[], options?: MatchOptions): string {
  return matchPattern(parsePattern(text), list, options).kind;
}
