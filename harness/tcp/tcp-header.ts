import type { Ipv4Header } from './ipv4.ts';
import { decodeOptions } from './options.ts';
import type { Segment } from './segment.ts';

/** The flags in tcpdump's order and letters (print-tcp.c `tcp_flag_values`). */
const FLAGS: readonly (readonly [bit: number, letter: string])[] = [
  [0x01, 'F'],
  [0x02, 'S'],
  [0x04, 'R'],
  [0x08, 'P'],
  [0x10, '.'],
  [0x20, 'U'],
  [0x40, 'E'],
  [0x80, 'W'],
  // Accurate ECN (RFC 9768); older tcpdumps do not print it.
  [0x100, 'e'],
];
const ACK = 0x10;

/** Decodes a TCP segment (RFC 9293 3.1), or says why it cannot be one. */
export function decodeSegment(data: Uint8Array, ip: Ipv4Header): Segment | string {
  if (data.length < 20) return `TCP header cut at ${data.length} of 20 octets`;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const headerLength = (view.getUint8(12) >> 4) * 4;
  if (headerLength < 20 || headerLength > data.length) {
    return `TCP header of ${headerLength} octets in a segment of ${data.length}`;
  }
  const bits = view.getUint16(12) & 0x1ff;
  const payload = Buffer.from(data.subarray(headerLength));
  return {
    src: { address: ip.src, port: view.getUint16(0) },
    dst: { address: ip.dst, port: view.getUint16(2) },
    flags: flagLetters(bits),
    seq: view.getUint32(4),
    ...(bits & ACK ? { ack: view.getUint32(8) } : {}),
    window: view.getUint16(14),
    length: payload.length,
    options: decodeOptions(data.subarray(20, headerLength)),
    ...(payload.length > 0 ? { payload: payload.toString('hex') } : {}),
    ip: { id: ip.id, ttl: ip.ttl, length: ip.length },
  };
}

function flagLetters(bits: number): string {
  const letters = FLAGS.filter(([bit]) => bits & bit).map(([, letter]) => letter);
  return letters.join('') || 'none';
}
