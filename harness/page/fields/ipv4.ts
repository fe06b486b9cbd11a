import { internetChecksum } from '../../tcp/checksum.ts';
import { dottedQuad } from '../../tcp/ipv4.ts';
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
import { tcpFields } from './tcp.ts';

const FIXED = 20;
const TCP = 6;
const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [1, 'ICMP'],
  [TCP, 'TCP'],
  [17, 'UDP'],
]);
const ECN = ['Not-ECT', 'ECT(1)', 'ECT(0)', 'CE'];

/** An IPv4 packet (RFC 791 3.1), what it carries, and what lies behind it in its frame. */
export function ipv4Fields(part: Part): Field[] {
  if (sizeOf(part) < FIXED) return [cutOf(part, 'IPv4', FIXED)];
  const view = viewOf(part);
  const version = view.getUint8(0) >> 4;
  if (version !== 4)
    return [wholeOf(part, { name: 'IPv4', value: `not IPv4: its version is ${version}` })];
  const headerLength = (view.getUint8(0) & 0x0f) * 4;
  if (headerLength < FIXED || headerLength > sizeOf(part))
    return [headerOf(within(part, 0, FIXED)), ...dataOf(within(part, FIXED))];
  const header = within(part, 0, headerLength);
  // Segmentation offload leaves 0 for a packet beyond 64 KiB: the capture has all of it.
  const length = view.getUint16(2) || sizeOf(part);
  const packet = within(part, 0, Math.max(length, headerLength));
  return [
    headerOf(header),
    ...carried(header, within(packet, headerLength)),
    ...missing(packet, length),
    ...dataOf(within(part, sizeOf(packet)), 'Padding'),
  ];
}

function headerOf(header: Part): Field {
  const view = viewOf(header);
  const { source, destination } = ends(header);
  return wholeOf(header, {
    name: 'IPv4',
    value: `${source} > ${destination}`,
    children: [
      fieldAt(header, 0, 1, { name: 'Version', value: view.getUint8(0) >> 4 }),
      headerLengthOf(header),
      fieldAt(header, 1, 1, { name: 'DSCP', value: view.getUint8(1) >> 2 }),
      fieldAt(header, 1, 1, { name: 'ECN', value: ECN[view.getUint8(1) & 3] ?? '' }),
      fieldAt(header, 2, 2, { name: 'Total length', value: octets(view.getUint16(2)) }),
      fieldAt(header, 4, 2, { name: 'Identification', value: hex(view.getUint16(4), 4) }),
      flagsOf(header),
      fieldAt(header, 6, 2, {
        name: 'Fragment offset',
        value: octets((view.getUint16(6) & 0x1fff) * 8),
      }),
      fieldAt(header, 8, 1, { name: 'Time to live', value: view.getUint8(8) }),
      fieldAt(header, 9, 1, {
        name: 'Protocol',
        value: view.getUint8(9),
        note: PROTOCOLS.get(view.getUint8(9)),
      }),
      checksumAt(header, 10, { is: view.getUint16(10), right: rightChecksum(header) }),
      fieldAt(header, 12, 4, { name: 'Source', value: source }),
      fieldAt(header, 16, 4, { name: 'Destination', value: destination }),
      ...dataOf(within(header, FIXED), 'Options'),
    ],
  });
}

function headerLengthOf(header: Part): Field {
  const length = (viewOf(header).getUint8(0) & 0x0f) * 4;
  const note =
    length < FIXED ? 'less than 20' : length > sizeOf(header) ? 'more than is here' : undefined;
  return fieldAt(header, 0, 1, { name: 'Header length', value: octets(length), note });
}

function flagsOf(header: Part): Field {
  const bits = viewOf(header).getUint8(6) >> 5;
  const flag = (name: string, bit: number): Field =>
    fieldAt(header, 6, 1, { name, value: bits & bit ? 'set' : 'not set' });
  return fieldAt(header, 6, 1, {
    name: 'Flags',
    value: [bits & 4 ? 'reserved' : '', bits & 2 ? 'DF' : '', bits & 1 ? 'MF' : '']
      .filter((name) => name !== '')
      .join(', '),
    children: [flag('Reserved', 4), flag("Don't fragment (DF)", 2), flag('More fragments (MF)', 1)],
  });
}

function rightChecksum(header: Part): number {
  const zeroed = octetsOf(header).slice();
  zeroed.fill(0, 10, 12);
  return internetChecksum(zeroed);
}

function ends(header: Part): { source: string; destination: string } {
  return {
    source: dottedQuad(octetsOf(within(header, 12, 4))),
    destination: dottedQuad(octetsOf(within(header, 16, 4))),
  };
}

/** A fragment's octets are not taken apart: no header is whole in it. */
function carried(header: Part, payload: Part): Field[] {
  const view = viewOf(header);
  const isFragment = (view.getUint16(6) & 0x3fff) !== 0;
  if (view.getUint8(9) !== TCP || isFragment) return dataOf(payload);
  return tcpFields(payload, {
    addresses: octetsOf(within(header, 12, 8)),
    length: (view.getUint16(2) || Infinity) - sizeOf(header),
  });
}

function missing(packet: Part, length: number): Field[] {
  const lacking = length - sizeOf(packet);
  return lacking > 0
    ? [
        wholeOf(within(packet, sizeOf(packet)), {
          name: 'Cut',
          value: `${octets(lacking)} missing`,
        }),
      ]
    : [];
}
