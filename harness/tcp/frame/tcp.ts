import type { Segment } from '../segment.ts';
import { transportChecksum } from './checksum.ts';
import {
  addData,
  checksumRemark,
  cutOf,
  fieldAt,
  fieldsIn,
  lengthRemark,
  wholeOf,
  type Field,
  type Layer,
  type More,
} from './field.ts';
import { FLAGS, flagLetters } from './flags.ts';
import { hexText, LENGTH, octetsOf, PROTOCOL, sizeOf, TCP, within, type Part } from './layout.ts';
import { optionFields, optionsOf } from './options.ts';
import { malformed, type Network, type Packet } from './packet.ts';

/** Reads a TCP segment (RFC 9293 3.1). */
export function readTcp(part: Part, network: Network, into?: Layer[]): Packet {
  const size = sizeOf(part);
  if (size < LENGTH.tcp) {
    into?.push(() => cutOf(part, 'tcp', LENGTH.tcp));
    return malformed(`TCP header cut at ${size} of ${LENGTH.tcp} octets`);
  }
  const length = TCP.headerLength.read(part);
  const isSound = length >= LENGTH.tcp && length <= size;
  const header = within(part, 0, isSound ? length : LENGTH.tcp);
  const rest = within(part, sizeOf(header));
  into?.push(() => headerField(header, part, network));
  addData(rest, into, isSound ? 'payload' : 'data');
  if (!isSound) return malformed(`TCP header of ${length} octets in a segment of ${size}`);
  return { kind: 'tcp', segment: segmentOf(header, rest, network) };
}

/** By assignment: a run decodes segments by the thousand, and spreads are slow. */
function segmentOf(header: Part, payload: Part, { src, dst, ip, carries }: Network): Segment {
  const flags = TCP.flags.read(header);
  const segment: Segment = {
    src: { address: src, port: TCP.sourcePort.read(header) },
    dst: { address: dst, port: TCP.destinationPort.read(header) },
    flags: flagLetters(flags),
    seq: TCP.sequence.read(header),
    window: TCP.window.read(header),
    length: carries - sizeOf(header),
    options: optionsOf(within(header, LENGTH.tcp)),
    ip,
  };
  if (flags & FLAGS.ACK.bit) segment.ack = TCP.acknowledgment.read(header);
  if (sizeOf(payload) > 0) segment.payload = hexText(octetsOf(payload));
  return segment;
}

function headerField(header: Part, segment: Part, network: Network): Field {
  const flags = TCP.flags.read(header);
  const unusedWithout = (without: 'ACK' | 'URG'): More | undefined =>
    flags & FLAGS[without].bit ? undefined : { remark: { is: 'unused', without } };
  const fields = fieldsIn(header, 'tcp', TCP, {
    acknowledgment: unusedWithout('ACK'),
    headerLength: lengthRemark(TCP.headerLength.read(header), header, LENGTH.tcp),
    flags: { fields: flagFields(header, flags) },
    window: flags & FLAGS.SYN.bit ? undefined : { remark: { is: 'unscaled' } },
    checksum: checksumOf(segment, network),
    urgentPointer: unusedWithout('URG'),
  });
  const options = optionFields(within(header, LENGTH.tcp));
  return wholeOf(header, 'tcp', '', { fields: [...fields, ...options] });
}

/** From the highest bit; one octet holds each. */
function flagFields(header: Part, flags: number): Field[] {
  return Object.values(FLAGS)
    .toReversed()
    .map(({ bit, name }) => {
      const at = TCP.flags.at + (bit > 0xff ? 0 : 1);
      return fieldAt(header, { at, size: 1 }, `tcp.flag.${name}`, flags & bit ? 1 : 0);
    });
}

/** It covers the whole segment: of a cut one nobody can say. */
function checksumOf(segment: Part, { addresses, carries }: Network): More {
  if (carries > sizeOf(segment)) return { remark: { is: 'not-checked' } };
  const is = TCP.checksum.read(segment);
  return checksumRemark(
    is,
    transportChecksum(octetsOf(addresses), PROTOCOL.tcp, octetsOf(segment), is),
  );
}
