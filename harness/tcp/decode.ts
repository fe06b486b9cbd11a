import { decodeIpv4, dottedQuad, viewOf, type Packet } from './ipv4.ts';

export { formatSegment } from './format.ts';
export type { Packet };

/** An Ethernet header: addresses as `02:00:00:00:00:01`, the EtherType as a number. */
export interface Ethernet {
  src: string;
  dst: string;
  type: number;
}

/** `outgoing`: the host that captured it has sent it, where the capture says so (Linux cooked). */
export type Decoded = { ether?: Ethernet; outgoing?: boolean } & Packet;

/** EtherType for local experiments (IEEE 802): what a capture's marker packets use. */
const LOCAL_EXPERIMENTAL = 0x88b5;

/**
 * Decodes a frame of a capture. `linkType` is the pcap's: Ethernet 1, RAW 101, Linux cooked 113 and
 * 276 (tcpdump.org/linktypes.html). Never throws: what cannot be decoded is `other` or `malformed`.
 *
 * Checksums are not judged: with offloading a capture on the sending host sees them unfinished.
 */
export function decodeFrame(data: Uint8Array, linkType: number): Decoded {
  switch (linkType) {
    case 1:
      return decodeEthernet(data);
    case 101:
      return decodeRaw(data);
    case 113:
      return decodeCooked(data, { type: 14, packetType: 1, length: 16 });
    case 276:
      return decodeCooked(data, { type: 0, packetType: 10, length: 20 });
    default:
      return other(`linktype-${linkType}`, `${data.length} octets`);
  }
}

function decodeEthernet(data: Uint8Array): Decoded {
  if (data.length < 14) return malformed(`Ethernet header cut at ${data.length} of 14 octets`);
  const type = viewOf(data).getUint16(12);
  const ether = { src: mac(data.subarray(6, 12)), dst: mac(data.subarray(0, 6)), type };
  return Object.assign({ ether }, decodeEtherType(type, data.subarray(14)));
}

/** PACKET_OUTGOING (packet(7)). */
const OUTGOING = 4;

/**
 * Linux cooked capture: a header of `length` octets, the EtherType at `type`; the octet at
 * `packetType` is packet(7)'s.
 */
function decodeCooked(
  data: Uint8Array,
  at: { type: number; packetType: number; length: number },
): Decoded {
  if (data.length < at.length)
    return malformed(`cooked header cut at ${data.length} of ${at.length}`);
  const outgoing = data[at.packetType] === OUTGOING;
  return {
    outgoing,
    ...decodeEtherType(viewOf(data).getUint16(at.type), data.subarray(at.length)),
  };
}

function decodeRaw(data: Uint8Array): Packet {
  if (data.length === 0) return malformed('an empty packet');
  return viewOf(data).getUint8(0) >> 4 === 6 ? decodeIpv6(data) : decodeIpv4(data);
}

function decodeEtherType(type: number, payload: Uint8Array): Packet {
  if (type === 0x0800) return decodeIpv4(payload);
  if (type === 0x0806) return decodeArp(payload);
  if (type === 0x86dd) return decodeIpv6(payload);
  // Below 0x600 the field is the length of an IEEE 802.3 frame.
  const protocol = type < 0x600 ? '802.3' : `0x${type.toString(16).padStart(4, '0')}`;
  const packet = other(protocol, `${payload.length} octets`);
  return type === LOCAL_EXPERIMENTAL ? { ...packet, payload: payload.slice() } : packet;
}

/** ARP for IPv4 over Ethernet (RFC 826), told as tcpdump tells it. */
function decodeArp(data: Uint8Array): Packet {
  if (data.length < 28) return malformed(`ARP cut at ${data.length} of 28 octets`);
  const operation = viewOf(data).getUint16(6);
  const sender = dottedQuad(data.subarray(14, 18));
  const target = dottedQuad(data.subarray(24, 28));
  if (operation === 1) return other('arp', `who-has ${target} tell ${sender}`);
  if (operation === 2) return other('arp', `${sender} is-at ${mac(data.subarray(8, 14))}`);
  return other('arp', `operation ${operation}`);
}

function decodeIpv6(data: Uint8Array): Packet {
  if (data.length < 40) return malformed(`IPv6 header cut at ${data.length} of 40 octets`);
  return other('ipv6', `next header ${viewOf(data).getUint8(6)}, ${data.length} octets`);
}

const HEX = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

function mac(bytes: Uint8Array): string {
  let text = '';
  for (const octet of bytes) text += `${text === '' ? '' : ':'}${HEX[octet] ?? ''}`;
  return text;
}

function other(protocol: string, summary: string): Packet & { kind: 'other' } {
  return { kind: 'other', protocol, summary };
}

function malformed(reason: string): Packet {
  return { kind: 'malformed', reason };
}
