import type { Segment } from './segment.ts';
import { decodeSegment } from './tcp-header.ts';

/** What a frame carries. `payload` is there for local experimental frames (EtherType 0x88b5). */
export type Packet =
  | { kind: 'tcp'; segment: Segment }
  | { kind: 'other'; protocol: string; summary: string; payload?: Uint8Array }
  | { kind: 'malformed'; reason: string };

/** The IPv4 header fields that the layers above need. */
export interface Ipv4Header {
  src: string;
  dst: string;
  id: number;
  ttl: number;
  /** The whole packet, header included, octets. */
  length: number;
}

/**
 * Decodes an IPv4 packet (RFC 791 3.1). `data` may be longer than the packet: Ethernet pads short
 * frames. A fragment is `other`: its TCP header is not the whole segment's.
 */
export function decodeIpv4(data: Uint8Array): Packet {
  if (data.length < 20) return malformed(`IPv4 header cut at ${data.length} of 20 octets`);
  const view = viewOf(data);
  const version = view.getUint8(0) >> 4;
  if (version !== 4) return malformed(`IP version ${version} in an IPv4 packet`);
  const headerLength = (view.getUint8(0) & 0x0f) * 4;
  // Segmentation offload leaves 0 for a packet beyond 64 KiB: the capture has all of it.
  const length = view.getUint16(2) || data.length;
  if (headerLength < 20 || headerLength > length) {
    return malformed(`IPv4 header of ${headerLength} octets in a packet of ${length}`);
  }
  if (length > data.length) {
    return malformed(`IPv4 packet of ${length} octets, ${data.length} captured`);
  }
  const src = dottedQuad(data.subarray(12, 16));
  const dst = dottedQuad(data.subarray(16, 20));
  const header = { src, dst, id: view.getUint16(4), ttl: view.getUint8(8), length };
  const payload = data.subarray(headerLength, length);
  const fragment = view.getUint16(6) & 0x3fff;
  if (fragment !== 0) return other('ip-fragment', header, `offset ${(fragment & 0x1fff) * 8}`);
  return decodeProtocol(view.getUint8(9), payload, header);
}

function decodeProtocol(protocol: number, payload: Uint8Array, header: Ipv4Header): Packet {
  switch (protocol) {
    case 1:
      return decodeIcmp(payload, header);
    case 6: {
      const result = decodeSegment(payload, header);
      return typeof result === 'string' ? malformed(result) : { kind: 'tcp', segment: result };
    }
    case 17:
      return decodeUdp(payload, header);
    default:
      return other(`ip-proto-${protocol}`, header, `length ${payload.length}`);
  }
}

function decodeIcmp(data: Uint8Array, header: Ipv4Header): Packet {
  if (data.length < 8) return malformed(`ICMP header cut at ${data.length} of 8 octets`);
  const view = viewOf(data);
  return other('icmp', header, `type ${view.getUint8(0)} code ${view.getUint8(1)}`);
}

function decodeUdp(data: Uint8Array, { src, dst }: Ipv4Header): Packet {
  if (data.length < 8) return malformed(`UDP header cut at ${data.length} of 8 octets`);
  const view = viewOf(data);
  const [from, to] = [`${src}:${view.getUint16(0)}`, `${dst}:${view.getUint16(2)}`];
  return other('udp', { src: from, dst: to }, `length ${data.length - 8}`);
}

/** `10.0.0.1` from its four octets. */
export function dottedQuad(bytes: Uint8Array): string {
  return bytes.join('.');
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function other(protocol: string, ends: { src: string; dst: string }, what: string): Packet {
  return { kind: 'other', protocol, summary: `${ends.src} > ${ends.dst} ${what}` };
}

function malformed(reason: string): Packet {
  return { kind: 'malformed', reason };
}
