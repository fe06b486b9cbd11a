import { ACK, flagLetters } from './flags.ts';
import type { Ipv4Header } from './ipv4.ts';
import { decodeOptions } from './options.ts';
import type { Segment } from './segment.ts';

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
