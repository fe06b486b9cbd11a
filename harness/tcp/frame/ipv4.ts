import { internetChecksum } from './checksum.ts';
import {
  addData,
  checksumRemark,
  cutOf,
  dataOf,
  fieldAt,
  fieldsIn,
  lengthRemark,
  wholeOf,
  type Field,
  type Layer,
} from './field.ts';
import {
  ICMP,
  IPV4,
  LENGTH,
  octetsOf,
  PROTOCOL,
  sizeOf,
  UDP,
  within,
  type Part,
} from './layout.ts';
import { malformed, other, type Network, type Packet } from './packet.ts';
import { readTcp } from './tcp.ts';

/** The header's flags (RFC 791 3.1), from the highest bit. */
const FLAGS = [
  [4, 'reserved'],
  [2, 'dontFragment'],
  [1, 'moreFragments'],
] as const;
const MORE_FRAGMENTS = 1;

/**
 * Reads an IPv4 packet (RFC 791 3.1). The part may be longer than the packet: Ethernet pads short
 * frames. A fragment is `other`: its TCP header is not the whole segment's.
 */
export function readIpv4(part: Part, into?: Layer[]): Packet {
  const size = sizeOf(part);
  if (size < LENGTH.ipv4) {
    into?.push(() => cutOf(part, 'ipv4', LENGTH.ipv4));
    return malformed(`IPv4 header cut at ${size} of ${LENGTH.ipv4} octets`);
  }
  const version = IPV4.version.read(part);
  if (version !== 4) {
    into?.push(() => wholeOf(part, 'ipv4', version, { remark: { is: 'another-version' } }));
    return malformed(`IP version ${version} in an IPv4 packet`);
  }
  const headerLength = IPV4.headerLength.read(part);
  // Segmentation offload leaves 0 for a packet beyond 64 KiB: the capture has all of it.
  const length = IPV4.totalLength.read(part) || size;
  if (headerLength < LENGTH.ipv4 || headerLength > length) {
    into?.push(() => headerField(within(part, 0, LENGTH.ipv4)));
    addData(within(part, LENGTH.ipv4), into);
    return malformed(`IPv4 header of ${headerLength} octets in a packet of ${length}`);
  }
  const header = within(part, 0, headerLength);
  into?.push(() => headerField(header));
  const packet = readCarried(
    header,
    within(part, headerLength, length - headerLength),
    length,
    into,
  );
  if (length <= size) {
    addData(within(part, length), into, 'padding');
    return packet;
  }
  into?.push(() => wholeOf(within(part, size), 'missing', length - size));
  // What a snap length has cut off was there; a packet that claims more than was on the wire is none.
  return length - size <= part.cut
    ? packet
    : malformed(`IPv4 packet of ${length} octets, ${size} captured`);
}

function readCarried(header: Part, payload: Part, length: number, into?: Layer[]): Packet {
  const [src, dst] = [IPV4.source.read(header), IPV4.destination.read(header)];
  const told = (protocol: string, what: string): Packet =>
    other(protocol, `${src} > ${dst} ${what}`);
  const [offset, protocol] = [IPV4.fragmentOffset.read(header), IPV4.protocol.read(header)];
  const isFragment = offset !== 0 || (IPV4.flags.read(header) & MORE_FRAGMENTS) !== 0;
  if (protocol === PROTOCOL.tcp && !isFragment) {
    const ip = { id: IPV4.identification.read(header), ttl: IPV4.ttl.read(header), length };
    const addresses = within(header, IPV4.source.at, IPV4.source.size + IPV4.destination.size);
    return readTcp(payload, { src, dst, ip, addresses, carries: length - sizeOf(header) }, into);
  }
  addData(payload, into);
  if (isFragment) return told('ip-fragment', `offset ${offset}`);
  if (protocol === PROTOCOL.icmp) return icmp(payload, told);
  const carries = length - sizeOf(header);
  if (protocol === PROTOCOL.udp) return udp(payload, { src, dst, carries });
  return told(`ip-proto-${protocol}`, `length ${carries}`);
}

function icmp(data: Part, told: (protocol: string, what: string) => Packet): Packet {
  const size = sizeOf(data);
  if (size < LENGTH.icmp) return malformed(`ICMP header cut at ${size} of ${LENGTH.icmp} octets`);
  return told('icmp', `type ${ICMP.type.read(data)} code ${ICMP.code.read(data)}`);
}

function udp(data: Part, { src, dst, carries }: Pick<Network, 'src' | 'dst' | 'carries'>): Packet {
  const size = sizeOf(data);
  if (size < LENGTH.udp) return malformed(`UDP header cut at ${size} of ${LENGTH.udp} octets`);
  const [from, to] = [UDP.sourcePort.read(data), UDP.destinationPort.read(data)];
  return other('udp', `${src}:${from} > ${dst}:${to} length ${carries - LENGTH.udp}`);
}

function headerField(header: Part): Field {
  const [flags, checksum] = [IPV4.flags.read(header), IPV4.checksum.read(header)];
  const fields = fieldsIn(header, 'ipv4', IPV4, {
    headerLength: lengthRemark(IPV4.headerLength.read(header), header, LENGTH.ipv4),
    flags: {
      fields: FLAGS.map(([bit, name]) =>
        fieldAt(header, IPV4.flags, `ipv4.flag.${name}`, flags & bit ? 1 : 0),
      ),
    },
    checksum: checksumRemark(checksum, internetChecksum(octetsOf(header), checksum)),
  });
  const options = dataOf(within(header, LENGTH.ipv4), 'ipv4.options');
  return wholeOf(header, 'ipv4', '', { fields: [...fields, ...options] });
}
