import { addData, cutOf, dataOf, fieldsIn, wholeOf, type Field, type Layer } from './field.ts';
import {
  ETHERNET,
  LENGTH,
  LINK_TYPE,
  SLL,
  SLL2,
  sizeOf,
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
      return readRaw(frame, into);
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
  return Object.assign({ ether }, readNetwork(type, within(frame, LENGTH.ethernet), into));
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
  return { outgoing, ...readNetwork(layout.type.read(header), within(frame, length), into) };
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
