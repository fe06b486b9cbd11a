import { addData, cutOf, dataOf, fieldsIn, wholeOf, type Field, type Layer } from './field.ts';
import {
  AF_INET,
  AF_INET6,
  ETHERNET,
  ETHERTYPE,
  LENGTH,
  LINK_TYPE,
  LOOPBACK,
  PKTAP,
  SLL,
  SLL2,
  sizeOf,
  VLAN,
  within,
  type Part,
  type Place,
} from './layout.ts';
import { readNetwork, readRaw } from './network.ts';
import { malformed, other, type Packet } from './packet.ts';

/** An Ethernet header: addresses as `02:00:00:00:00:01`, the EtherType as a number. */
export interface Ethernet {
  src: string;
  dst: string;
  type: number;
}

/** `outgoing`: the host that captured it has sent it, where the capture says so (Linux cooked). */
export type Decoded = { ether?: Ethernet; outgoing?: boolean } & Packet;

/** PACKET_OUTGOING (packet(7)). */
const OUTGOING = 4;

/** Reads a frame as captures of this link type have it. */
export function readLink(frame: Part, linkType: number, into?: Layer[]): Decoded {
  switch (linkType) {
    case LINK_TYPE.ethernet:
      return readEthernet(frame, into);
    case LINK_TYPE.raw:
    case LINK_TYPE.rawBsd:
    case LINK_TYPE.rawOpenBsd:
      return readRaw(frame, into);
    case LINK_TYPE.ipv4:
      return readNetwork(ETHERTYPE.ipv4, frame, into);
    case LINK_TYPE.ipv6:
      return readNetwork(ETHERTYPE.ipv6, frame, into);
    case LINK_TYPE.null:
    case LINK_TYPE.loop:
      return readLoopback(frame, into);
    case LINK_TYPE.pktap:
      return readPktap(frame, into);
    case LINK_TYPE.sll:
      return readCooked(frame, 'sll', SLL, into);
    case LINK_TYPE.sll2:
      return readCooked(frame, 'sll2', SLL2, into);
    default:
      addData(frame, into);
      return other(`linktype-${linkType}`, `${sizeOf(frame)} octets`);
  }
}

function readEthernet(frame: Part, into?: Layer[]): Decoded {
  const size = sizeOf(frame);
  if (size < LENGTH.ethernet) {
    into?.push(() => cutOf(frame, 'ethernet', LENGTH.ethernet));
    return malformed(`Ethernet header cut at ${size} of ${LENGTH.ethernet} octets`);
  }
  const header = within(frame, 0, LENGTH.ethernet);
  into?.push(() =>
    wholeOf(header, 'ethernet', '', { fields: fieldsIn(header, 'ethernet', ETHERNET) }),
  );
  const type = ETHERNET.type.read(header);
  const ether = { src: ETHERNET.source.read(header), dst: ETHERNET.destination.read(header), type };
  return Object.assign({ ether }, readTagged(type, within(frame, LENGTH.ethernet), into));
}

/** What an EtherType says to follow, behind the tags of virtual LANs, of which there may be some. */
function readTagged(type: number, rest: Part, into?: Layer[]): Packet {
  if (type !== ETHERTYPE.vlan && type !== ETHERTYPE.serviceVlan)
    return readNetwork(type, rest, into);
  const size = sizeOf(rest);
  if (size < LENGTH.vlan) {
    into?.push(() => cutOf(rest, 'vlan', LENGTH.vlan));
    return malformed(`VLAN tag cut at ${size} of ${LENGTH.vlan} octets`);
  }
  const tag = within(rest, 0, LENGTH.vlan);
  into?.push(() => wholeOf(tag, 'vlan', '', { fields: fieldsIn(tag, 'vlan', VLAN) }));
  return readTagged(VLAN.type.read(tag), within(rest, LENGTH.vlan), into);
}

/** Four octets of an address family, in either byte order, before the packet. */
function readLoopback(frame: Part, into?: Layer[]): Packet {
  const size = sizeOf(frame);
  if (size < LENGTH.loopback) {
    into?.push(() => cutOf(frame, 'loopback', LENGTH.loopback));
    return malformed(`loopback header cut at ${size} of ${LENGTH.loopback} octets`);
  }
  const header = within(frame, 0, LENGTH.loopback);
  into?.push(() =>
    wholeOf(header, 'loopback', '', { fields: fieldsIn(header, 'loopback', LOOPBACK) }),
  );
  const rest = within(frame, LENGTH.loopback);
  const family = LOOPBACK.family.read(header);
  if (family === AF_INET) return readNetwork(ETHERTYPE.ipv4, rest, into);
  if (AF_INET6.includes(family)) return readNetwork(ETHERTYPE.ipv6, rest, into);
  addData(rest, into);
  return other(`family-${family}`, `${sizeOf(rest)} octets`);
}

/** A header that says its own length and what link type the frame behind it has. */
function readPktap(frame: Part, into?: Layer[]): Decoded {
  const least = PKTAP.linkType.at + PKTAP.linkType.size;
  const size = sizeOf(frame);
  const length = size < least ? least : PKTAP.length.read(frame);
  if (size < length || length < least) {
    into?.push(() => cutOf(frame, 'pktap', Math.max(length, least)));
    return malformed(`PKTAP header of ${length} octets in a frame of ${size}`);
  }
  const header = within(frame, 0, length);
  into?.push(() => wholeOf(header, 'pktap', '', { fields: fieldsIn(header, 'pktap', PKTAP) }));
  const linkType = PKTAP.linkType.read(header);
  const rest = within(frame, length);
  // One in another would be no end of them.
  if (linkType !== LINK_TYPE.pktap) return readLink(rest, linkType, into);
  addData(rest, into);
  return malformed('a PKTAP header in another');
}

function readCooked(
  frame: Part,
  name: 'sll' | 'sll2',
  layout: typeof SLL | typeof SLL2,
  into?: Layer[],
): Decoded {
  const [size, length] = [sizeOf(frame), LENGTH[name]];
  if (size < length) {
    into?.push(() => cutOf(frame, name, length));
    return malformed(`cooked header cut at ${size} of ${length}`);
  }
  const header = within(frame, 0, length);
  into?.push(() => wholeOf(header, name, '', { fields: cookedFields(header, name, layout) }));
  const outgoing = layout.packetType.read(header) === OUTGOING;
  return { outgoing, ...readTagged(layout.type.read(header), within(frame, length), into) };
}

/** Of the room for an address only so many octets are one as the header says. */
function cookedFields(
  header: Part,
  name: 'sll' | 'sll2',
  layout: typeof SLL | typeof SLL2,
): Field[] {
  const used = layout.addressLength.read(header);
  return fieldsIn<'sll' | 'sll2', Record<keyof typeof SLL, Place>>(header, name, layout).flatMap(
    (field) =>
      field.name === 'sll.address' || field.name === 'sll2.address'
        ? roomOf(header, field, used)
        : [field],
  );
}

function roomOf(header: Part, room: Field, used: number): Field[] {
  const whole = { ...header, begin: room.begin, end: room.end };
  const address = within(whole, 0, used);
  const value = String(room.value).slice(0, Math.max(0, 3 * sizeOf(address) - 1));
  return [wholeOf(address, room.name, value), ...dataOf(within(whole, used), 'unused')];
}
