import { addData, type Layer } from './field.ts';
import { readIpv4 } from './ipv4.ts';
import { ARP, ETHERTYPE, IPV6, LENGTH, octetsOf, sizeOf, type Part } from './layout.ts';
import { malformed, other, type Packet } from './packet.ts';

/** Reads what a link carries, by its EtherType. */
export function readNetwork(type: number, payload: Part, into?: Layer[]): Packet {
  if (type === ETHERTYPE.ipv4) return readIpv4(payload, into);
  addData(payload, into);
  if (type === ETHERTYPE.arp) return arp(payload);
  if (type === ETHERTYPE.ipv6) return ipv6(payload);
  // Below 0x600 the field is the length of an IEEE 802.3 frame.
  const protocol = type < 0x600 ? '802.3' : `0x${type.toString(16).padStart(4, '0')}`;
  const packet = other(protocol, `${sizeOf(payload)} octets`);
  return type === ETHERTYPE.experimental
    ? { ...packet, payload: octetsOf(payload).slice() }
    : packet;
}

/** Reads an Internet packet that has no link header: its version says which it is. */
export function readRaw(packet: Part, into?: Layer[]): Packet {
  if (sizeOf(packet) === 0) return malformed('an empty packet');
  if (IPV6.version.read(packet) !== 6) return readIpv4(packet, into);
  addData(packet, into);
  return ipv6(packet);
}

/** As tcpdump tells it. */
function arp(packet: Part): Packet {
  const size = sizeOf(packet);
  if (size < LENGTH.arp) return malformed(`ARP cut at ${size} of ${LENGTH.arp} octets`);
  const [operation, sender] = [ARP.operation.read(packet), ARP.sender.read(packet)];
  if (operation === 1) return other('arp', `who-has ${ARP.target.read(packet)} tell ${sender}`);
  if (operation === 2) return other('arp', `${sender} is-at ${ARP.senderLink.read(packet)}`);
  return other('arp', `operation ${operation}`);
}

function ipv6(packet: Part): Packet {
  const size = sizeOf(packet);
  if (size < LENGTH.ipv6) return malformed(`IPv6 header cut at ${size} of ${LENGTH.ipv6} octets`);
  return other('ipv6', `next header ${IPV6.nextHeader.read(packet)}, ${size} octets`);
}
