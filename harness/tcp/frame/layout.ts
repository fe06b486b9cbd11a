/** Where every field of a header stands: the one place that knows. Segments and field lists read it. */

import { told, ToldError } from '../../told.ts';

/** A stretch of a frame: from octet `begin` up to, not including, `end`, which lie inside it. */
export interface Part {
  readonly frame: Uint8Array;
  /** Of the whole frame. */
  readonly view: DataView;
  readonly begin: number;
  readonly end: number;
  /** Octets behind the frame's last that were on the wire and that the capture left out. */
  readonly cut: number;
}

/** The whole of a frame. A Buffer's own `slice` would be a view: it is taken for a plain array. */
export const partOf = ({ buffer, byteOffset, byteLength }: Uint8Array, cut = 0): Part => ({
  frame: new Uint8Array(buffer, byteOffset, byteLength),
  view: new DataView(buffer, byteOffset, byteLength),
  begin: 0,
  end: byteLength,
  cut,
});

export const sizeOf = ({ begin, end }: Part): number => end - begin;

export const octetsOf = ({ frame, begin, end }: Part): Uint8Array => frame.subarray(begin, end);

/** `length` octets from `offset` into the part, or as many as there are. */
export function within(part: Part, offset: number, length = Infinity): Part {
  const { frame, view, end, cut } = part;
  const from = Math.min(part.begin + offset, end);
  return { frame, view, begin: from, end: Math.min(from + length, end), cut };
}

/** `size` octets at `at` of a header, and what they say; the header has to be that long. */
export interface Place<T extends number | string = number | string> {
  at: number;
  size: number;
  read: (header: Part) => T;
  /** Leaves the bits beside it as they are; what they held before has to be 0. */
  write(header: Part, value: T): void;
}

/** The bits `mask` of a number of one, two or four octets, shifted right by `shift`; `unit` is what 1 stands for. */
function number(
  at: number,
  size: 1 | 2 | 4,
  { shift = 0, mask = 2 ** (8 * size) - 1, unit = 1 } = {},
): Place<number> {
  const raw = RAW[size];
  const read = ({ view, begin }: Part): number => raw.read(view, begin + at);
  const isWhole = shift === 0 && unit === 1 && mask === 2 ** (8 * size) - 1;
  return {
    at,
    size,
    read: isWhole ? read : (header) => ((read(header) >>> shift) & mask) * unit,
    write: (header, value) => {
      const units = value / unit;
      if (!Number.isInteger(units) || units < 0 || units > mask)
        throw new ToldError(
          told('{value} is out of range: at most {most} fits', { value, most: mask * unit }),
        );
      raw.write(header.view, header.begin + at, read(header) + units * 2 ** shift);
    },
  };
}

const RAW = {
  1: {
    read: (view: DataView, at: number): number => view.getUint8(at),
    write: (view: DataView, at: number, value: number): void => {
      view.setUint8(at, value);
    },
  },
  2: {
    read: (view: DataView, at: number): number => view.getUint16(at),
    write: (view: DataView, at: number, value: number): void => {
      view.setUint16(at, value);
    },
  },
  4: {
    read: (view: DataView, at: number): number => view.getUint32(at),
    write: (view: DataView, at: number, value: number): void => {
      view.setUint32(at, value);
    },
  },
};

const uint8 = (at: number): Place<number> => number(at, 1);
const uint16 = (at: number): Place<number> => number(at, 2);
const uint32 = (at: number): Place<number> => number(at, 4);

/** A number that is not in the network's order. */
function littleEndian32(at: number): Place<number> {
  return {
    at,
    size: 4,
    read: ({ view, begin }) => view.getUint32(begin + at, true),
    write: ({ view, begin }, value) => {
      view.setUint32(begin + at, value, true);
    },
  };
}

/** A small number in the byte order of whoever wrote it: whatever makes it small. */
function eitherOrder32(at: number): Place<number> {
  const inOrder = uint32(at);
  return {
    at,
    size: 4,
    read: (header) => {
      const value = inOrder.read(header);
      return value <= 0xffff ? value : header.view.getUint32(header.begin + at, true);
    },
    write: (header, value) => {
      inOrder.write(header, value);
    },
  };
}

/** `10.0.0.1` */
const quad = (at: number): Place<string> => ({
  at,
  size: 4,
  read: ({ frame, begin }) => {
    const first = begin + at;
    return `${frame[first]}.${frame[first + 1]}.${frame[first + 2]}.${frame[first + 3]}`;
  },
  write: ({ frame, begin }, address) => {
    frame.set(address.split('.').map(Number), begin + at);
  },
});

const HEX = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

/** `02:00:00:00:00:01` */
const mac = (at: number, size = 6): Place<string> => ({
  at,
  size,
  read: ({ frame, begin }) => {
    let text = '';
    for (let octet = begin + at; octet < begin + at + size; octet++)
      text += `${text === '' ? '' : ':'}${HEX[frame[octet] ?? 0] ?? ''}`;
    return text;
  },
  write: ({ frame, begin }, address) => {
    const octets = address.split(':').map((octet) => parseInt(octet, 16));
    frame.set(octets, begin + at);
  },
});

/** Writes these fields of a header; all others are 0. @throws RangeError when a number does not fit */
export function writeFields<Layout extends Record<string, Place>>(
  header: Part,
  layout: Layout,
  values: { [Name in keyof Layout]?: Layout[Name] extends Place<infer T> ? T : never },
): void {
  for (const [name, value] of Object.entries(values)) layout[name]?.write(header, value as string);
}

const DIGITS = new TextEncoder().encode('0123456789abcdef');
const ascii = new TextDecoder();

/** Octets in hexadecimal, two digits each. Browsers have no Buffer, and joining strings takes longer. */
export function hexText(octets: Uint8Array): string {
  const digits = new Uint8Array(2 * octets.length);
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at] ?? 0;
    digits[2 * at] = DIGITS[octet >> 4] ?? 0;
    digits[2 * at + 1] = DIGITS[octet & 0xf] ?? 0;
  }
  return ascii.decode(digits);
}

/** Octets that every header of a kind has; options come behind them. */
export const LENGTH = {
  loopback: 4,
  ethernet: 14,
  vlan: 4,
  sll: 16,
  sll2: 20,
  arp: 28,
  ipv4: 20,
  ipv6: 40,
  icmp: 8,
  udp: 8,
  tcp: 20,
};

/** Link types of captures (tcpdump.org/linktypes.html). */
export const LINK_TYPE = {
  /** BSD loopback, the family in the byte order of the machine (NULL) or of the network (LOOP). */
  null: 0,
  loop: 108,
  ethernet: 1,
  raw: 101,
  /** What some systems write into files for `raw`: their own numbers of it. */
  rawBsd: 12,
  rawOpenBsd: 14,
  ipv4: 228,
  ipv6: 229,
  sll: 113,
  sll2: 276,
  /** Apple's, of several interfaces at once. */
  pktap: 258,
};

/** EtherTypes (IEEE 802 numbers, IANA). */
export const ETHERTYPE = {
  ipv4: 0x0800,
  arp: 0x0806,
  ipv6: 0x86dd,
  /** IEEE 802.1Q, and 802.1ad's outer tag. */
  vlan: 0x8100,
  serviceVlan: 0x88a8,
  /** For local experiments: what a capture's marker packets use. */
  experimental: 0x88b5,
};

/** What an Internet packet carries (protocol numbers, IANA). */
export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17 };

/** IEEE 802.3; destination first. */
export const ETHERNET = { destination: mac(0), source: mac(6), type: uint16(12) };

/** The tag of a virtual LAN (IEEE 802.1Q 9.3): what an EtherType of one is followed by. */
export const VLAN = {
  priority: number(0, 1, { shift: 5, mask: 7 }),
  dropEligible: number(0, 1, { shift: 4, mask: 1 }),
  identifier: number(0, 2, { mask: 0xfff }),
  type: uint16(2),
};

/** AF_INET is 2 wherever this header is written; AF_INET6 differs from system to system. */
export const LOOPBACK = { family: eitherOrder32(0) };
export const AF_INET = 2;
export const AF_INET6: readonly number[] = [10, 24, 28, 30];

/** Apple's header, in the byte order of the machine that wrote it: little-endian, all of them. */
export const PKTAP = {
  length: littleEndian32(0),
  next: littleEndian32(4),
  linkType: littleEndian32(8),
};

/** Linux cooked captures (tcpdump.org/linktypes.html, LINKTYPE_LINUX_SLL and _SLL2). */
export const SLL = {
  packetType: uint16(0),
  hardwareType: uint16(2),
  addressLength: uint16(4),
  address: mac(6, 8),
  type: uint16(14),
};
export const SLL2 = {
  type: uint16(0),
  reserved: uint16(2),
  interface: uint32(4),
  hardwareType: uint16(8),
  packetType: uint8(10),
  addressLength: uint8(11),
  address: mac(12, 8),
};

/** ARP for IPv4 over Ethernet (RFC 826). */
export const ARP = {
  operation: uint16(6),
  senderLink: mac(8),
  sender: quad(14),
  target: quad(24),
};

/** RFC 791 3.1, RFC 3168 5; lengths and offsets in octets. */
export const IPV4 = {
  version: number(0, 1, { shift: 4, mask: 0xf }),
  headerLength: number(0, 1, { mask: 0xf, unit: 4 }),
  dscp: number(1, 1, { shift: 2, mask: 0x3f }),
  ecn: number(1, 1, { mask: 3 }),
  totalLength: uint16(2),
  identification: uint16(4),
  flags: number(6, 1, { shift: 5, mask: 7 }),
  fragmentOffset: number(6, 2, { mask: 0x1fff, unit: 8 }),
  ttl: uint8(8),
  protocol: uint8(9),
  checksum: uint16(10),
  source: quad(12),
  destination: quad(16),
};

export const IPV6 = { version: number(0, 1, { shift: 4, mask: 0xf }), nextHeader: uint8(6) };

export const ICMP = { type: uint8(0), code: uint8(1) };

export const UDP = { sourcePort: uint16(0), destinationPort: uint16(2) };

/** RFC 9293 3.1; the header's length in octets. */
export const TCP = {
  sourcePort: uint16(0),
  destinationPort: uint16(2),
  sequence: uint32(4),
  acknowledgment: uint32(8),
  headerLength: number(12, 1, { shift: 4, mask: 0xf, unit: 4 }),
  reserved: number(12, 1, { shift: 1, mask: 7 }),
  flags: number(12, 2, { mask: 0x1ff }),
  window: uint16(14),
  checksum: uint16(16),
  urgentPointer: uint16(18),
};

/** What is inside an option, its kind and length first (RFC 9293 3.2, RFC 7323, RFC 2018). */
export const OPTION = {
  kind: uint8(0),
  length: uint8(1),
  mss: uint16(2),
  shift: uint8(2),
  timestamp: uint32(2),
  echo: uint32(6),
};
/** Each block of a SACK option. */
export const SACK_BLOCK = { left: uint32(0), right: uint32(4) };
/** Octets of an option's kind and length, and of a block. */
export const OPTION_HEAD = 2;
export const SACK_BLOCK_LENGTH = 8;
