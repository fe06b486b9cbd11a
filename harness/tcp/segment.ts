import { FLAGS, type FlagName } from './frame/flags.ts';
import { add } from './sequence.ts';

/** One side's address of a TCP connection. `port` is 0 where none is bound yet. */
export interface Endpoint {
  address: string;
  port: number;
}

/**
 * A TCP segment as decoded from an IPv4 packet (RFC 9293 3.1).
 * `seq` and `ack` are absolute, 0..2^32-1; `ack` is present only when the ACK flag is set.
 */
export interface Segment {
  src: Endpoint;
  dst: Endpoint;
  /** tcpdump's letters in tcpdump's order: `S`, `S.`, `.`, `P.`, `F.`, `R`, `R.`, ...; `none` without any. */
  flags: string;
  seq: number;
  ack?: number;
  window: number;
  /** Octets of payload; SYN and FIN are not counted. */
  length: number;
  options: TcpOptions;
  /** The payload, hexadecimal; absent when empty. Of a segment that a capture has cut, its beginning. */
  payload?: string;
  ip: { id: number; ttl: number; length: number };
}

/** The TCP options of a segment (RFC 9293 3.1, RFC 7323, RFC 2018). */
export interface TcpOptions {
  mss?: number;
  windowScale?: number;
  sackPermitted?: true;
  timestamps?: { value: number; echo: number };
  sack?: [left: number, right: number][];
}

type Flagged = Pick<Segment, 'flags'>;

/** Is the flag set? */
export const has = ({ flags }: Flagged, flag: FlagName): boolean =>
  flags.includes(FLAGS[flag].letter);

/** A SYN without ACK: it begins a connection. */
export const opens = (segment: Flagged): boolean => has(segment, 'SYN') && !has(segment, 'ACK');

/** A SYN+ACK: it takes up a SYN. */
export const takesUp = (segment: Flagged): boolean => has(segment, 'SYN') && has(segment, 'ACK');

/** Sequence numbers that it takes: its octets, and one each for SYN and FIN (RFC 9293 3.4). */
export const spaceOf = (segment: Flagged & Pick<Segment, 'length'>): number =>
  segment.length + (has(segment, 'SYN') ? 1 : 0) + (has(segment, 'FIN') ? 1 : 0);

/** The first sequence number behind it: what acknowledges all of it. */
export const endOf = (segment: Pick<Segment, 'flags' | 'length' | 'seq'>): number =>
  add(segment.seq, spaceOf(segment));
