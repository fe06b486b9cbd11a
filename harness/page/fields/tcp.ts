import { internetChecksum } from '../../tcp/checksum.ts';
import {
  checksumAt,
  cutOf,
  dataOf,
  fieldAt,
  hex,
  octets,
  octetsOf,
  sizeOf,
  viewOf,
  wholeOf,
  within,
  type Field,
  type Part,
} from './field.ts';
import { optionFields } from './options.ts';
import { asText } from './text.ts';

const FIXED = 20;

/** What TCP's checksum covers of the IPv4 header around it. */
export interface Around {
  /** Source and destination, eight octets. */
  addresses: Uint8Array;
  /** Octets of the whole segment, as the header says. */
  length: number;
}

/** The flags, from the highest bit. */
const FLAGS = [
  [0x100, 'AE'],
  [0x080, 'CWR'],
  [0x040, 'ECE'],
  [0x020, 'URG'],
  [0x010, 'ACK'],
  [0x008, 'PSH'],
  [0x004, 'RST'],
  [0x002, 'SYN'],
  [0x001, 'FIN'],
] as const;

/** A TCP segment (RFC 9293 3.1). */
export function tcpFields(part: Part, around: Around): Field[] {
  if (sizeOf(part) < FIXED) return [cutOf(part, 'TCP', FIXED)];
  const length = (viewOf(part).getUint8(12) >> 4) * 4;
  const isSound = length >= FIXED && length <= sizeOf(part);
  const header = within(part, 0, isSound ? length : FIXED);
  const payload = within(part, sizeOf(header));
  return [
    headerOf(header, checksumOf(part, around)),
    ...(isSound ? payloadOf(payload) : dataOf(payload)),
  ];
}

function headerOf(header: Part, checksum: Field): Field {
  const view = viewOf(header);
  const [source, destination] = [view.getUint16(0), view.getUint16(2)];
  const length = (view.getUint8(12) >> 4) * 4;
  return wholeOf(header, {
    name: 'TCP',
    value: `${source} > ${destination} ${namesOf(view.getUint16(12)).join(', ')}`.trimEnd(),
    children: [
      fieldAt(header, 0, 2, { name: 'Source port', value: source }),
      fieldAt(header, 2, 2, { name: 'Destination port', value: destination }),
      fieldAt(header, 4, 4, { name: 'Sequence number', value: view.getUint32(4) }),
      acknowledgment(header),
      fieldAt(header, 12, 1, {
        name: 'Header length',
        value: octets(length),
        note:
          length < FIXED
            ? 'less than 20'
            : length > sizeOf(header)
              ? 'more than is here'
              : undefined,
      }),
      fieldAt(header, 12, 1, { name: 'Reserved', value: (view.getUint8(12) >> 1) & 7 }),
      flagsOf(header),
      fieldAt(header, 14, 2, {
        name: 'Window',
        value: view.getUint16(14),
        note: view.getUint16(12) & 0x002 ? undefined : 'before scaling',
      }),
      checksum,
      urgentPointer(header),
      ...optionFields(within(header, FIXED)),
    ],
  });
}

function acknowledgment(header: Part): Field {
  const view = viewOf(header);
  return fieldAt(header, 8, 4, {
    name: 'Acknowledgment number',
    value: view.getUint32(8),
    note: view.getUint16(12) & 0x010 ? undefined : 'means nothing without ACK',
  });
}

function urgentPointer(header: Part): Field {
  const view = viewOf(header);
  return fieldAt(header, 18, 2, {
    name: 'Urgent pointer',
    value: view.getUint16(18),
    note: view.getUint16(12) & 0x020 ? undefined : 'means nothing without URG',
  });
}

const namesOf = (bits: number): string[] =>
  FLAGS.filter(([bit]) => bits & bit).map(([, name]) => name);

function flagsOf(header: Part): Field {
  const bits = viewOf(header).getUint16(12);
  return fieldAt(header, 12, 2, {
    name: 'Flags',
    value: namesOf(bits).join(', '),
    note: hex(bits & 0x1ff, 3),
    children: FLAGS.map(([bit, name]) =>
      fieldAt(header, bit > 0xff ? 12 : 13, 1, { name, value: bits & bit ? 'set' : 'not set' }),
    ),
  });
}

/** It covers the whole segment: of a cut one nobody can say. */
function checksumOf(part: Part, { addresses, length }: Around): Field {
  const is = viewOf(part).getUint16(16);
  if (Number.isFinite(length) && length > sizeOf(part)) {
    const note = 'not checked: the segment is cut';
    return fieldAt(part, 16, 2, { name: 'Checksum', value: hex(is, 4), note });
  }
  const right = rightChecksum(part, addresses);
  const why = ' (a sender may leave it to the network card)';
  return checksumAt(part, 16, { is, right, why });
}

/** The pseudo header is the addresses, the protocol (6) and the segment's length. */
function rightChecksum(part: Part, addresses: Uint8Array): number {
  const size = sizeOf(part);
  const covered = new Uint8Array(12 + size);
  covered.set(addresses);
  new DataView(covered.buffer).setUint32(8, (6 << 16) + size);
  covered.set(octetsOf(part), 12);
  covered.fill(0, 12 + 16, 12 + 18);
  return internetChecksum(covered);
}

function payloadOf(part: Part): Field[] {
  const size = sizeOf(part);
  if (size === 0) return [];
  return [wholeOf(part, { name: 'Payload', value: asText(octetsOf(part)), note: octets(size) })];
}
