import {
  FILE_HEADER,
  parseFileHeader,
  parseRecordHeader,
  PcapError,
  RECORD_HEADER,
  recordDamage,
  type PcapFormat,
} from '../tcp/pcap-header.ts';

/** The link type of a pcap file. @throws PcapError when it is none */
export const linkTypeOf = (pcap: Uint8Array): number => formatOf(pcap).linkType;

/**
 * The octets of frame `n` of a pcap file, counted from 1 as Wireshark does; a view into `pcap`.
 * @throws PcapError for a file that is no pcap, is damaged, or has no such frame
 */
export function frameOf(pcap: Uint8Array, n: number): Uint8Array {
  const format = formatOf(pcap);
  let at = FILE_HEADER;
  for (let index = 1; ; index++) {
    const record = recordAt(pcap, at, index, format);
    const end = at + RECORD_HEADER + record.length;
    if (index === n) return pcap.subarray(at + RECORD_HEADER, end);
    at = end;
  }
}

function formatOf(pcap: Uint8Array): PcapFormat {
  if (pcap.length < FILE_HEADER)
    throw new PcapError(pcap.length, 'the file ends inside the file header');
  return parseFileHeader(viewOf(pcap, 0));
}

/** The header of record `index`, which begins at `at`; all of its frame is there. */
function recordAt(
  pcap: Uint8Array,
  at: number,
  index: number,
  format: PcapFormat,
): { length: number } {
  if (at === pcap.length) throw new PcapError(at, `there is no frame ${index}`);
  if (at + RECORD_HEADER > pcap.length) throw cut(pcap, index);
  const record = parseRecordHeader(viewOf(pcap, at), format);
  const damage = recordDamage(record, format);
  if (damage !== undefined) throw new PcapError(at, `record ${index} ${damage}`);
  if (at + RECORD_HEADER + record.length > pcap.length) throw cut(pcap, index);
  return record;
}

const cut = (pcap: Uint8Array, index: number): PcapError =>
  new PcapError(pcap.length, `the file ends inside record ${index}`);

const viewOf = (bytes: Uint8Array, at: number): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset + at);
