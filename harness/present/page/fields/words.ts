/** A frame taken apart for a reader: what the decoder finds in it, in words. */
import { fieldsOf as decoded } from '../../../tcp/frame/decode.ts';
import { flagLetters, flagNames } from '../../../tcp/frame/flags.ts';
import type { Field as Decoded, FieldName, Remark } from '../../../tcp/frame/field.ts';
import { ETHERTYPE, LINK_TYPE, PROTOCOL } from '../../../tcp/frame/layout.ts';
import { listed, told, verbatim, type Told } from '../../../told.ts';

/** A piece of a frame, as a reader is told of it. */
export interface Field {
  is: FieldName;
  name: Told;
  value: Told;
  /** What more there is to say: a checksum is wrong, a reserved bit is set. */
  note?: Told;
  /** Octets of the frame: from `begin` up to, not including, `end`. */
  begin: number;
  end: number;
  children?: Field[];
}

/** The fields of a frame, one for each layer and for what it carries. Never throws. */
export const fieldsOf = (frame: Uint8Array, linkType = LINK_TYPE.ethernet, cut = 0): Field[] =>
  decoded(frame, linkType, cut).map((field) => inWords(field, frame));

function inWords(field: Decoded, frame: Uint8Array): Field {
  const { begin, end, fields } = field;
  const note = noteOf(field);
  return {
    is: field.name,
    name: nameOf(field),
    value: valueOf(field, frame),
    ...(note === undefined ? {} : { note }),
    begin,
    end,
    ...(fields === undefined ? {} : { children: fields.map((one) => inWords(one, frame)) }),
  };
}

const nameOf = ({ name, value }: Pick<Decoded, 'name' | 'value'>): Told =>
  name === 'option' ? told('Option {n}', { n: value }) : told(NAMES[name]);

const NAMES = {
  ethernet: 'Ethernet',
  'ethernet.destination': 'Destination',
  'ethernet.source': 'Source',
  'ethernet.type': 'Type',
  vlan: 'VLAN tag',
  'vlan.priority': 'Priority',
  'vlan.dropEligible': 'Drop eligible',
  'vlan.identifier': 'VLAN',
  'vlan.type': 'Type',
  loopback: 'BSD loopback',
  'loopback.family': 'Family',
  pktap: 'Apple PKTAP',
  'pktap.length': 'Header length',
  'pktap.next': 'Type',
  'pktap.linkType': 'Link type',
  sll: 'Linux cooked capture',
  'sll.packetType': 'Packet type',
  'sll.hardwareType': 'Hardware type',
  'sll.addressLength': 'Address length',
  'sll.address': 'Address',
  'sll.type': 'Type',
  sll2: 'Linux cooked capture v2',
  'sll2.type': 'Type',
  'sll2.reserved': 'Reserved',
  'sll2.interface': 'Interface',
  'sll2.hardwareType': 'Hardware type',
  'sll2.packetType': 'Packet type',
  'sll2.addressLength': 'Address length',
  'sll2.address': 'Address',
  unused: 'Unused',
  ipv4: 'IPv4',
  'ipv4.version': 'Version',
  'ipv4.headerLength': 'Header length',
  'ipv4.dscp': 'DSCP',
  'ipv4.ecn': 'ECN',
  'ipv4.totalLength': 'Total length',
  'ipv4.identification': 'Identification',
  'ipv4.flags': 'Flags',
  'ipv4.flag.reserved': 'Reserved',
  'ipv4.flag.dontFragment': "Don't fragment (DF)",
  'ipv4.flag.moreFragments': 'More fragments (MF)',
  'ipv4.fragmentOffset': 'Fragment offset',
  'ipv4.ttl': 'Time to live',
  'ipv4.protocol': 'Protocol',
  'ipv4.checksum': 'Checksum',
  'ipv4.source': 'Source',
  'ipv4.destination': 'Destination',
  'ipv4.options': 'Options',
  tcp: 'TCP',
  'tcp.sourcePort': 'Source port',
  'tcp.destinationPort': 'Destination port',
  'tcp.sequence': 'Sequence number',
  'tcp.acknowledgment': 'Acknowledgment number',
  'tcp.headerLength': 'Header length',
  'tcp.reserved': 'Reserved',
  'tcp.flags': 'Flags',
  'tcp.flag.FIN': 'FIN',
  'tcp.flag.SYN': 'SYN',
  'tcp.flag.RST': 'RST',
  'tcp.flag.PSH': 'PSH',
  'tcp.flag.ACK': 'ACK',
  'tcp.flag.URG': 'URG',
  'tcp.flag.ECE': 'ECE',
  'tcp.flag.CWR': 'CWR',
  'tcp.flag.AE': 'AE',
  'tcp.window': 'Window',
  'tcp.checksum': 'Checksum',
  'tcp.urgentPointer': 'Urgent pointer',
  'tcp.options': 'Options',
  'option.end': 'End of options',
  'option.nop': 'No operation',
  'option.mss': 'Maximum segment size',
  'option.windowScale': 'Window scale',
  'option.sackPermitted': 'SACK permitted',
  'option.sack': 'SACK',
  'option.timestamps': 'Timestamps',
  'option.kind': 'Kind',
  'option.length': 'Length',
  'option.timestamp': 'Value',
  'option.echo': 'Echo reply',
  'option.block': 'Block',
  payload: 'Payload',
  data: 'Data',
  padding: 'Padding',
  missing: 'Cut',
} as const satisfies Readonly<Record<Exclude<FieldName, 'option'>, string>>;

function valueOf(field: Decoded, frame: Uint8Array): Told {
  const { name, value, begin, end, remark } = field;
  const size = end - begin;
  switch (remark?.is) {
    case 'cut':
      return told('cut: {n} of {m} octets', { n: size, m: remark.of });
    case 'impossible':
      return told('of {octets}, {n} are left', { octets: octets(remark.length), n: size });
    case 'another-version':
      return told('not IPv4: its version is {n}', { n: value });
    case 'unknown':
    case 'misshapen':
      return octets(size);
    default:
      if (name === 'payload') return verbatim(asText(frame.subarray(begin, end)));
      return VALUES[name]?.(field) ?? verbatim(String(value));
  }
}

const inOctets = ({ value }: Decoded): Told => octets(Number(value));
const inHex = ({ value }: Decoded): Told => verbatim(hex(value, 4));
const isSet = ({ value }: Decoded): Told => told(value === 0 ? 'not set' : 'set');
const asPacketType = (cooked: Decoded): Told => {
  const type = partOf(cooked, /packetType$/);
  const name = PACKET_TYPES[Number(type)];
  return name === undefined ? verbatim(String(type)) : told(name);
};
const isOn = ({ value }: Decoded): boolean => value !== 0;
/** The names of the flags that are set, as everywhere: `SYN+ACK`. */
const flagsOf = ({ value }: Decoded): string => flagNames(flagLetters(Number(value)));

const VALUES: Partial<Record<FieldName, (field: Decoded) => Told>> = {
  ethernet: (header) =>
    verbatim(`${partOf(header, 'ethernet.source')} > ${partOf(header, 'ethernet.destination')}`),
  'ethernet.type': inHex,
  vlan: (tag) => verbatim(String(partOf(tag, 'vlan.identifier'))),
  'vlan.dropEligible': isSet,
  'vlan.type': inHex,
  'pktap.length': inOctets,
  sll: asPacketType,
  'sll.type': inHex,
  sll2: asPacketType,
  'sll2.type': inHex,
  unused: inOctets,
  ipv4: (header) =>
    verbatim(`${partOf(header, 'ipv4.source')} > ${partOf(header, 'ipv4.destination')}`),
  'ipv4.headerLength': inOctets,
  'ipv4.ecn': ({ value }) => verbatim(ECN[Number(value)] ?? ''),
  'ipv4.totalLength': inOctets,
  'ipv4.identification': inHex,
  'ipv4.flags': ({ fields = [] }) =>
    listed(fields.filter(isOn).map(({ name }) => IPV4_FLAGS[name] ?? verbatim(''))),
  'ipv4.flag.reserved': isSet,
  'ipv4.flag.dontFragment': isSet,
  'ipv4.flag.moreFragments': isSet,
  'ipv4.fragmentOffset': inOctets,
  'ipv4.checksum': inHex,
  'ipv4.options': inOctets,
  tcp: (header) => {
    const ends = `${partOf(header, 'tcp.sourcePort')} > ${partOf(header, 'tcp.destinationPort')}`;
    const flags = header.fields?.find(({ name }) => name === 'tcp.flags');
    return verbatim(`${ends} ${flags === undefined ? '' : flagsOf(flags)}`.trimEnd());
  },
  'tcp.headerLength': inOctets,
  'tcp.flags': (field) => verbatim(flagsOf(field)),
  'tcp.flag.FIN': isSet,
  'tcp.flag.SYN': isSet,
  'tcp.flag.RST': isSet,
  'tcp.flag.PSH': isSet,
  'tcp.flag.ACK': isSet,
  'tcp.flag.URG': isSet,
  'tcp.flag.ECE': isSet,
  'tcp.flag.CWR': isSet,
  'tcp.flag.AE': isSet,
  'tcp.checksum': inHex,
  'tcp.options': ({ fields = [] }) => listed(fields.map(nameOf)),
  'option.mss': inOctets,
  'option.sackPermitted': () => told('yes'),
  'option.sack': ({ fields = [] }) =>
    verbatim(
      fields.flatMap(({ name, value }) => (name === 'option.block' ? [value] : [])).join(', '),
    ),
  'option.timestamps': (option) =>
    told('{n}, echo {m}', {
      n: partOf(option, 'option.timestamp'),
      m: partOf(option, 'option.echo'),
    }),
  'option.length': inOctets,
  data: inOctets,
  padding: inOctets,
  missing: ({ value }) => told('{octets} missing', { octets: octets(Number(value)) }),
};

const IPV4_FLAGS: Partial<Record<FieldName, Told>> = {
  'ipv4.flag.reserved': told('reserved'),
  'ipv4.flag.dontFragment': verbatim('DF'),
  'ipv4.flag.moreFragments': verbatim('MF'),
};

function partOf({ fields = [] }: Decoded, wanted: FieldName | RegExp): number | string {
  const isIt = (name: FieldName): boolean =>
    typeof wanted === 'string' ? name === wanted : wanted.test(name);
  return fields.find(({ name }) => isIt(name))?.value ?? '';
}

const noteOf = (field: Decoded): Told | undefined =>
  (field.remark && remarkInWords(field.remark, field.name)) ?? NOTES[field.name]?.(field);

function remarkInWords(remark: Remark, name: FieldName): Told | undefined {
  switch (remark.is) {
    case 'too-short':
      return told('less than 20');
    case 'too-long':
      return told('more than is here');
    case 'right':
      return told('right');
    case 'wrong': {
      const value = hex(remark.right, 4);
      return name === 'tcp.checksum'
        ? told('wrong: {value} would be right (a sender may leave it to the network card)', {
            value,
          })
        : told('wrong: {value} would be right', { value });
    }
    case 'not-checked':
      return told('not checked: the segment is cut');
    case 'unknown':
      return told('unknown');
    case 'misshapen':
      return told('of a wrong length');
    case 'unused':
      return told('means nothing without {flag}', { flag: remark.without });
    case 'unscaled':
      return told('before scaling');
    default:
      return undefined;
  }
}

const TYPES: ReadonlyMap<number, Told> = new Map([
  [ETHERTYPE.ipv4, verbatim('IPv4')],
  [ETHERTYPE.arp, verbatim('ARP')],
  [ETHERTYPE.ipv6, verbatim('IPv6')],
  [ETHERTYPE.vlan, verbatim('802.1Q')],
  [ETHERTYPE.serviceVlan, verbatim('802.1ad')],
  [ETHERTYPE.experimental, told('local experimental')],
]);
const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [PROTOCOL.icmp, 'ICMP'],
  [PROTOCOL.tcp, 'TCP'],
  [PROTOCOL.udp, 'UDP'],
]);
const ECN = ['Not-ECT', 'ECT(1)', 'ECT(0)', 'CE'];
/** packet(7). */
const PACKET_TYPES = ['to us', 'broadcast', 'multicast', 'to another host', 'from us'] as const;

const typeNote = ({ value }: Decoded): Told | undefined => TYPES.get(Number(value));
const packetTypeNote = ({ value }: Decoded): Told | undefined => {
  const name = PACKET_TYPES[Number(value)];
  return name && told(name);
};
const protocolNote = ({ value }: Decoded): Told | undefined => {
  const name = PROTOCOLS.get(Number(value));
  return name === undefined ? undefined : verbatim(name);
};

const NOTES: Partial<Record<FieldName, (field: Decoded) => Told | undefined>> = {
  'ethernet.type': typeNote,
  'vlan.type': typeNote,
  'sll.type': typeNote,
  'sll2.type': typeNote,
  'sll.packetType': packetTypeNote,
  'sll2.packetType': packetTypeNote,
  'ipv4.protocol': protocolNote,
  'tcp.flags': ({ value }) => verbatim(hex(value, 3)),
  // RFC 7323 2.3: a greater one is used as 14.
  'option.windowScale': ({ value }) => told('times {n}', { n: 2 ** Math.min(Number(value), 14) }),
  payload: ({ value }) => octets(Number(value)),
};

const octets = (n: number): Told => (n === 1 ? told('1 octet') : told('{n} octets', { n }));

const hex = (value: number | string, digits: number): string =>
  `0x${Number(value).toString(16).padStart(digits, '0')}`;

/** As many octets as are worth reading at a glance. */
const MOST = 256;
const NAMED: ReadonlyMap<number, string> = new Map([
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
]);

/** Octets as strace prints them: ASCII in quotes, the rest escaped, a long string cut. */
function asText(payload: Uint8Array): string {
  const shown = [...payload.subarray(0, MOST)].map(escaped).join('');
  return `"${shown}"${payload.length > MOST ? '...' : ''}`;
}

const escaped = (octet: number): string =>
  NAMED.get(octet) ??
  (isPrintable(octet) ? String.fromCharCode(octet) : `\\x${octet.toString(16).padStart(2, '0')}`);

const isPrintable = (octet: number): boolean => octet >= 0x20 && octet <= 0x7e;
