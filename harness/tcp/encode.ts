import { internetChecksum } from './checksum.ts';
import type { Ethernet } from './decode.ts';
import { flagBits } from './flags.ts';
import type { Endpoint, TcpOptions } from './segment.ts';

/** A segment to send, its ends aside. `seq` and `ack` are absolute, 0..2^32-1. */
export interface Outgoing {
  /** tcpdump's letters, as in `Segment`. */
  flags: string;
  seq: number;
  /** Stands in the header with or without the ACK flag. */
  ack: number;
  window: number;
  options: Omit<TcpOptions, 'sack'>;
  payload: Uint8Array;
}

/** Octets of payload that fit an IPv4 packet whatever the options (RFC 791 3.1, RFC 9293 3.1). */
export const MOST_PAYLOAD = 0xffff - 20 - 60;

const ETHERTYPE_IPV4 = 0x0800;
const PROTOCOL_TCP = 6;
const DONT_FRAGMENT = 0x4000;
const TTL = 64;

/**
 * A whole Ethernet frame, without its FCS, that carries `segment` in an IPv4 packet (RFC 791 3.1,
 * RFC 9293 3.1), both checksums computed. Addresses are link addresses (`02:00:00:00:00:01`) and
 * dotted quads. The packet may not be fragmented and so needs no identification (RFC 6864 4.1): it
 * is 0, as in what Linux sends without a socket.
 * @throws Error when the flags are no letters of tcpdump's
 * @throws RangeError when a number does not fit its field
 */
export function encodeFrame(
  link: Pick<Ethernet, 'src' | 'dst'>,
  from: Endpoint,
  to: Endpoint,
  segment: Outgoing,
): Buffer {
  const tcp = encodeSegment(from, to, segment);
  return Buffer.concat([ethernetHeader(link), ipv4Header(from.address, to.address, tcp.length), tcp]);
}

/** What the link puts before a packet of IPv4. */
export function ethernetHeader({ src, dst }: { src: string; dst: string }): Buffer {
  const header = Buffer.from([...macOctets(dst), ...macOctets(src), 0, 0]);
  header.writeUInt16BE(ETHERTYPE_IPV4, 12);
  return header;
}

function ipv4Header(src: string, dst: string, payloadLength: number): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(header.length + payloadLength, 2);
  header.writeUInt16BE(DONT_FRAGMENT, 6);
  header.writeUInt8(TTL, 8);
  header.writeUInt8(PROTOCOL_TCP, 9);
  header.set(ipv4Octets(src), 12);
  header.set(ipv4Octets(dst), 16);
  header.writeUInt16BE(internetChecksum(header), 10);
  return header;
}

function encodeSegment(from: Endpoint, to: Endpoint, segment: Outgoing): Buffer {
  const bits = flagBits(segment.flags);
  if (bits === undefined) throw new Error(`'${segment.flags}' are no flags`);
  const options = encodeOptions(segment.options);
  const header = Buffer.alloc(20);
  header.writeUInt16BE(from.port, 0);
  header.writeUInt16BE(to.port, 2);
  header.writeUInt32BE(segment.seq, 4);
  header.writeUInt32BE(segment.ack, 8);
  header.writeUInt16BE((((header.length + options.length) / 4) << 12) | bits, 12);
  header.writeUInt16BE(segment.window, 14);
  const whole = Buffer.concat([header, options, segment.payload]);
  const pseudo = pseudoHeader(from.address, to.address, whole.length);
  whole.writeUInt16BE(internetChecksum(Buffer.concat([pseudo, whole])), 16);
  return whole;
}

/** What the TCP checksum covers beside the segment itself (RFC 9293 3.1). */
function pseudoHeader(src: string, dst: string, length: number): Buffer {
  const header = Buffer.from([...ipv4Octets(src), ...ipv4Octets(dst), 0, PROTOCOL_TCP, 0, 0]);
  header.writeUInt16BE(length, 10);
  return header;
}

const NOP = 1;

/** Each option ends on a word, no-operations before it (RFC 7323 appendix A). */
function encodeOptions({
  mss,
  sackPermitted,
  timestamps,
  windowScale,
}: Outgoing['options']): Buffer {
  const option = (kind: number, value: Buffer): Buffer => {
    const length = 2 + value.length;
    const before = Array<number>((4 - (length % 4)) % 4).fill(NOP);
    return Buffer.from([...before, kind, length, ...value]);
  };
  return Buffer.concat([
    ...(mss === undefined ? [] : [option(2, uint16(mss))]),
    ...(sackPermitted ? [option(4, Buffer.alloc(0))] : []),
    ...(timestamps ? [option(8, uint32(timestamps.value, timestamps.echo))] : []),
    ...(windowScale === undefined ? [] : [option(3, uint8(windowScale))]),
  ]);
}

function uint8(value: number): Buffer {
  const octets = Buffer.alloc(1);
  octets.writeUInt8(value);
  return octets;
}

function uint16(value: number): Buffer {
  const octets = Buffer.alloc(2);
  octets.writeUInt16BE(value);
  return octets;
}

function uint32(...values: number[]): Buffer {
  const octets = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) octets.writeUInt32BE(value, 4 * at);
  return octets;
}

/** The six octets of a link address. */
export const macOctets = (mac: string): number[] =>
  mac.split(':').map((octet) => parseInt(octet, 16));

const ipv4Octets = (address: string): number[] => address.split('.').map(Number);
