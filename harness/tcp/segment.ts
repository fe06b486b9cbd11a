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
  /** The payload, hexadecimal; absent when empty. */
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
