/** A pcap file that is none, is damaged or was cut; `offset` is where, in octets from the start. */
export class PcapError extends Error {
  readonly offset: number;

  constructor(offset: number, reason: string) {
    super(`pcap, octet ${offset}: ${reason}`);
    this.name = 'PcapError';
    this.offset = offset;
  }
}

/** What the file header says about everything after it. */
export interface PcapFormat {
  littleEndian: boolean;
  /** Units of a record's sub-second field in one second: 10^6 or 10^9. */
  perSecond: number;
  linkType: number;
}

/** A record header: times in seconds and `perSecond` parts, lengths in octets. */
export interface RecordHeader {
  seconds: number;
  fraction: number;
  length: number;
  originalLength: number;
}

export const FILE_HEADER = 24;
export const RECORD_HEADER = 16;

/** libpcap's MAXIMUM_SNAPLEN and Wireshark's limit: a longer record is damage. */
const MAX_RECORD = 262_144;

const MAGIC: ReadonlyMap<number, Omit<PcapFormat, 'linkType'>> = new Map([
  [0xa1b2c3d4, { littleEndian: false, perSecond: 1_000_000 }],
  [0xd4c3b2a1, { littleEndian: true, perSecond: 1_000_000 }],
  [0xa1b23c4d, { littleEndian: false, perSecond: 1_000_000_000 }],
  [0x4d3cb2a1, { littleEndian: true, perSecond: 1_000_000_000 }],
]);

/** Reads a file header of FILE_HEADER octets. Throws PcapError when it is of no known kind. */
export function parseFileHeader(header: DataView): PcapFormat {
  const magic = header.getUint32(0);
  const known = MAGIC.get(magic);
  if (!known) throw new PcapError(0, unknownMagic(magic));
  const version = header.getUint16(4, known.littleEndian);
  if (version !== 2) throw new PcapError(4, `file format version ${version}, not 2`);
  // The upper half tells of frame checksums; the type is the lower.
  return { ...known, linkType: header.getUint32(20, known.littleEndian) & 0xffff };
}

/** Reads a record header of RECORD_HEADER octets. */
export function parseRecordHeader(header: DataView, format: PcapFormat): RecordHeader {
  const field = (at: number) => header.getUint32(at, format.littleEndian);
  return { seconds: field(0), fraction: field(4), length: field(8), originalLength: field(12) };
}

/** What no writer of pcap writes into a record header; undefined when it is sound. */
export function recordDamage(record: RecordHeader, format: PcapFormat): string | undefined {
  const { fraction, length, originalLength } = record;
  if (length > MAX_RECORD) return `claims ${length} octets, more than ${MAX_RECORD}`;
  if (length > originalLength) return `kept ${length} octets of a frame of ${originalLength}`;
  if (fraction >= format.perSecond) {
    return `has ${fraction} parts of a second that has ${format.perSecond}`;
  }
  return undefined;
}

function unknownMagic(magic: number): string {
  if (magic === 0x0a0d0d0a) return 'this is pcapng; `editcap -F pcap` makes a pcap of it';
  return `no pcap file: it starts with 0x${magic.toString(16).padStart(8, '0')}`;
}
