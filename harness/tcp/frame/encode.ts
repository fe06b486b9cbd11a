import { told, ToldError } from '../../told.ts';
import type { Endpoint, TcpOptions } from '../segment.ts';
import { internetChecksum, transportChecksum } from './checksum.ts';
import { flagBits } from './flags.ts';
import {
  ETHERNET,
  ETHERTYPE,
  IPV4,
  LENGTH,
  octetsOf,
  OPTION,
  OPTION_HEAD,
  partOf,
  PROTOCOL,
  TCP,
  within,
  writeFields,
  type Place,
} from './layout.ts';
import type { Ethernet } from './link.ts';
import { KIND } from './options.ts';

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
export const MOST_PAYLOAD = 0xffff - LENGTH.ipv4 - 60;

const DONT_FRAGMENT = 2;
const TTL = 64;

/** What the link puts before a packet of IPv4. */
export function ethernetHeader({ src, dst }: Pick<Ethernet, 'src' | 'dst'>): Buffer {
  const header = Buffer.alloc(LENGTH.ethernet);
  const fields = { destination: dst, source: src, type: ETHERTYPE.ipv4 };
  writeFields(partOf(header), ETHERNET, fields);
  return header;
}

/**
 * A whole Ethernet frame, without its FCS, that carries `segment` in an IPv4 packet (RFC 791 3.1,
 * RFC 9293 3.1), both checksums computed. Addresses are link addresses (`02:00:00:00:00:01`) and
 * dotted quads. The packet may not be fragmented and so needs no identification (RFC 6864 4.1): it
 * is 0, as in what Linux sends without a socket.
 * @throws ToldError when the flags are no letters of tcpdump's, or a number does not fit its field
 */
export function encodeFrame(
  link: Pick<Ethernet, 'src' | 'dst'>,
  from: Endpoint,
  to: Endpoint,
  segment: Outgoing,
): Buffer {
  const flags = flagBits(segment.flags);
  if (flags === undefined)
    throw new ToldError(told("'{word}' are not flags", { word: segment.flags }));
  const options = encodeOptions(segment.options);
  const headerLength = LENGTH.tcp + options.length;
  const frame = Buffer.alloc(LENGTH.ethernet + LENGTH.ipv4 + headerLength + segment.payload.length);
  const ethernet = partOf(frame);
  writeFields(ethernet, ETHERNET, {
    destination: link.dst,
    source: link.src,
    type: ETHERTYPE.ipv4,
  });

  const ipv4 = within(ethernet, LENGTH.ethernet);
  writeFields(ipv4, IPV4, {
    version: 4,
    headerLength: LENGTH.ipv4,
    totalLength: frame.length - LENGTH.ethernet,
    flags: DONT_FRAGMENT,
    ttl: TTL,
    protocol: PROTOCOL.tcp,
    source: from.address,
    destination: to.address,
  });
  IPV4.checksum.write(ipv4, internetChecksum(octetsOf(within(ipv4, 0, LENGTH.ipv4))));

  const tcp = within(ipv4, LENGTH.ipv4);
  writeFields(tcp, TCP, {
    sourcePort: from.port,
    destinationPort: to.port,
    sequence: segment.seq,
    acknowledgment: segment.ack,
    headerLength,
    flags,
    window: segment.window,
  });
  octetsOf(tcp).set(options, LENGTH.tcp);
  octetsOf(tcp).set(segment.payload, headerLength);
  const addresses = within(ipv4, IPV4.source.at, IPV4.source.size + IPV4.destination.size);
  const checksum = transportChecksum(octetsOf(addresses), PROTOCOL.tcp, octetsOf(tcp));
  TCP.checksum.write(tcp, checksum);
  return frame;
}

/** Each option ends on a word, no-operations before it (RFC 7323 appendix A). */
function encodeOptions({
  mss,
  sackPermitted,
  timestamps,
  windowScale,
}: Outgoing['options']): Uint8Array {
  return Uint8Array.from([
    ...(mss === undefined ? [] : option(KIND.mss, [[OPTION.mss, mss]])),
    ...(sackPermitted ? option(KIND.sackPermitted, []) : []),
    ...(timestamps
      ? option(KIND.timestamps, [
          [OPTION.timestamp, timestamps.value],
          [OPTION.echo, timestamps.echo],
        ])
      : []),
    ...(windowScale === undefined ? [] : option(KIND.windowScale, [[OPTION.shift, windowScale]])),
  ]);
}

function option(kind: number, values: readonly [Place<number>, number][]): Uint8Array {
  const length = values.reduce((sum, [{ size }]) => sum + size, OPTION_HEAD);
  const before = (4 - (length % 4)) % 4;
  const octets = new Uint8Array(before + length).fill(KIND.nop, 0, before);
  const part = within(partOf(octets), before);
  OPTION.kind.write(part, kind);
  OPTION.length.write(part, length);
  for (const [place, value] of values) place.write(part, value);
  return octets;
}
