import {
  dataOf,
  fieldAt,
  hex,
  macOf,
  octetsOf,
  viewOf,
  within,
  type Field,
  type Part,
} from './field.ts';

export const IPV4 = 0x0800;
const TYPES: ReadonlyMap<number, string> = new Map([
  [IPV4, 'IPv4'],
  [0x0806, 'ARP'],
  [0x86dd, 'IPv6'],
  [0x88b5, 'local experimental'],
]);

/** How the header of a link layer is laid out. */
export interface LinkHeader {
  name: string;
  length: number;
  /** Where the EtherType is. */
  type: number;
  fields: (header: Part, type: Field) => { value: string; children: Field[] };
}

export function typeAt(header: Part, offset: number): Field {
  const type = viewOf(header).getUint16(offset);
  return fieldAt(header, offset, 2, { name: 'Type', value: hex(type, 4), note: TYPES.get(type) });
}

const addressAt = (header: Part, name: string, offset: number, length = 6): Field =>
  fieldAt(header, offset, length, { name, value: macOf(octetsOf(within(header, offset, length))) });

/** A cooked header's room for an address, of which `used` octets are one. */
const cookedAddress = (header: Part, offset: number, used: number): Field[] => [
  addressAt(header, 'Address', offset, Math.min(used, 8)),
  ...dataOf(within(header, offset + Math.min(used, 8)), 'Unused'),
];

export const ETHERNET_HEADER: LinkHeader = {
  name: 'Ethernet',
  length: 14,
  type: 12,
  fields: (header, type) => {
    const [destination, source] = [
      addressAt(header, 'Destination', 0),
      addressAt(header, 'Source', 6),
    ];
    return {
      value: `${source.value} > ${destination.value}`,
      children: [destination, source, type],
    };
  },
};

/** packet(7). */
const PACKET_TYPES = ['to us', 'broadcast', 'multicast', 'to another host', 'from us'];

function packetType(header: Part, offset: number, length: 1 | 2): Field {
  const field = numberAt(header, 'Packet type', offset, length);
  const note = PACKET_TYPES[Number(field.value)];
  return note === undefined ? field : { ...field, note };
}

function numberAt(header: Part, name: string, offset: number, length: 1 | 2 | 4): Field {
  const value = octetsOf(within(header, offset, length)).reduce((sum, one) => sum * 256 + one, 0);
  return fieldAt(header, offset, length, { name, value });
}

export const SLL_HEADER: LinkHeader = {
  name: 'Linux cooked capture',
  length: 16,
  type: 14,
  fields: (header, type) => {
    const direction = packetType(header, 0, 2);
    return {
      value: direction.note ?? direction.value,
      children: [
        direction,
        numberAt(header, 'Hardware type', 2, 2),
        numberAt(header, 'Address length', 4, 2),
        ...cookedAddress(within(header, 0, 14), 6, viewOf(header).getUint16(4)),
        type,
      ],
    };
  },
};

export const SLL2_HEADER: LinkHeader = {
  name: 'Linux cooked capture v2',
  length: 20,
  type: 0,
  fields: (header, type) => {
    const direction = packetType(header, 10, 1);
    return {
      value: direction.note ?? direction.value,
      children: [
        type,
        numberAt(header, 'Reserved', 2, 2),
        numberAt(header, 'Interface', 4, 4),
        numberAt(header, 'Hardware type', 8, 2),
        direction,
        numberAt(header, 'Address length', 11, 1),
        ...cookedAddress(header, 12, viewOf(header).getUint8(11)),
      ],
    };
  },
};
