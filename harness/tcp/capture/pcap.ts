/** Classic pcap files (draft-ietf-opsawg-pcap): micro- or nanoseconds, either byte order. */

import { told, ToldError, type Told } from '../../told.ts';

/** A pcap file that is none, is damaged or was cut; `offset` is where, in octets from the start. */
export class PcapError extends ToldError {
  override readonly name = 'PcapError';
  readonly offset: number;

  constructor(offset: number, why: Told) {
    super(told('pcap, octet {n}: {why}', { n: offset, why }));
    this.offset = offset;
  }
}

/** One captured frame. */
export interface Frame {
  /** From 1, as Wireshark counts. */
  index: number;
  /** Nanoseconds since the epoch. */
  time: bigint;
  /** The captured octets; nobody else writes there. */
  data: Uint8Array;
  /** Octets on the wire; more than `data.length` when the capture was cut by a snap length. */
  originalLength: number;
}

/** One of a file that may have several link types, a frame its own. */
export interface CapturedFrame extends Frame {
  linkType: number;
}

/** What the file header says about everything after it. */
interface Format {
  littleEndian: boolean;
  /** Units of a record's sub-second field in one second: 10^6 or 10^9. */
  perSecond: number;
  linkType: number;
}

/** Octets. */
export const FILE_HEADER = 24;
export const RECORD_HEADER = 16;
/** tcpdump.org/linktypes.html */
export const LINKTYPE_ETHERNET = 1;

/** libpcap's MAXIMUM_SNAPLEN and Wireshark's limit: a longer record is damage. */
const MAX_RECORD = 262_144;

const MAGIC: ReadonlyMap<number, Omit<Format, 'linkType'>> = new Map([
  [0xa1b2c3d4, { littleEndian: false, perSecond: 1_000_000 }],
  [0xd4c3b2a1, { littleEndian: true, perSecond: 1_000_000 }],
  [0xa1b23c4d, { littleEndian: false, perSecond: 1_000_000_000 }],
  [0x4d3cb2a1, { littleEndian: true, perSecond: 1_000_000_000 }],
]);

/** Reads a pcap file that arrives in chunks of any size, such as the output of `tcpdump -w -`. */
export class PcapReader {
  #pending: Uint8Array = new Uint8Array(0);
  /** Where `#pending` starts in the file. */
  #offset = 0;
  #count = 0;
  #format: Format | undefined;
  #damage: PcapError | undefined;

  /** The link-layer type (tcpdump.org/linktypes.html); undefined until the file header has come. */
  get linkType(): number | undefined {
    return this.#format?.linkType;
  }

  /**
   * Takes the next octets of the file; returns the frames that they complete.
   * Frames before a damaged record are returned first; the PcapError comes with the next call.
   */
  push(chunk: Uint8Array): Frame[] {
    if (this.#damage) throw this.#damage;
    // A copy: the caller may reuse its buffer.
    const octets = joined(this.#pending, chunk);
    const frames: Frame[] = [];
    let at = 0;
    try {
      for (let next = this.#next(octets, at); next; next = this.#next(octets, at)) {
        at = next.end;
        if (next.frame) frames.push(next.frame);
      }
    } catch (error) {
      if (!(error instanceof PcapError)) throw error;
      this.#damage = error;
      if (frames.length === 0) throw error;
    }
    this.#pending = octets.subarray(at);
    this.#offset += at;
    return frames;
  }

  /** Says that the file is over. Throws PcapError when it ends inside its header or a record. */
  end(): void {
    if (this.#damage) throw this.#damage;
    if (this.#format && this.#pending.length === 0) return;
    const what = this.#format
      ? told('record {n}', { n: this.#count + 1 })
      : told('the file header');
    const cut = told('the file ends inside {what}', { what });
    throw new PcapError(this.#offset + this.#pending.length, cut);
  }

  /** The file header or the record at `at`, and where it ends; undefined when not all of it is there. */
  #next(octets: Uint8Array, at: number): { end: number; frame?: Frame } | undefined {
    const left = octets.length - at;
    if (this.#format === undefined) {
      if (left < FILE_HEADER) return undefined;
      this.#format = readFormat(viewOf(octets, at, FILE_HEADER));
      return { end: at + FILE_HEADER };
    }
    if (left < RECORD_HEADER) return undefined;
    const record = readRecord(viewOf(octets, at, RECORD_HEADER), this.#format);
    const damage = damageOf(this.#count + 1, record, this.#format);
    if (damage) throw new PcapError(this.#offset + at, damage);
    const begin = at + RECORD_HEADER;
    const end = begin + record.length;
    if (end > octets.length) return undefined;
    this.#count += 1;
    const { time, originalLength } = record;
    return {
      end,
      frame: { index: this.#count, time, data: octets.subarray(begin, end), originalLength },
    };
  }
}

/** A file of no frames, as `tcpdump -w` begins one: nanoseconds, Ethernet, whole frames. */
export function emptyPcap(): Uint8Array {
  const header = new DataView(new ArrayBuffer(FILE_HEADER));
  header.setUint32(0, 0xa1b23c4d);
  header.setUint16(4, 2);
  header.setUint16(6, 4);
  header.setUint32(16, MAX_RECORD);
  header.setUint32(20, LINKTYPE_ETHERNET);
  return new Uint8Array(header.buffer);
}

/** Reads a whole pcap file. Throws PcapError for a file that is no pcap, damaged or cut. */
export function readPcap(bytes: Uint8Array): { linkType: number; frames: Frame[] } {
  const reader = new PcapReader();
  const frames = reader.push(bytes);
  reader.end();
  // Past end() the file header has been read.
  return { linkType: reader.linkType as number, frames };
}

/** All frames of a whole file, or those before its damage. @throws PcapError for no pcap */
export function readPcapUpToDamage(bytes: Uint8Array): {
  frames: CapturedFrame[];
  damage?: PcapError;
} {
  const reader = new PcapReader();
  const read = reader.push(bytes);
  const { linkType } = reader;
  const frames = read.map((frame) => ({ ...frame, linkType: linkType ?? 0 }));
  try {
    reader.end();
    return { frames };
  } catch (error) {
    if (linkType === undefined || !(error instanceof PcapError)) throw error;
    return { frames, damage: error };
  }
}

/** A whole pcap file, opened to have its frames one by one. */
export interface OpenPcap {
  /**
   * Frame `n`, counted from 1 as Wireshark does. Those before damage can be had.
   * @throws PcapError when the file has no such frame, or is damaged before it
   */
  frame: (n: number) => { linkType: number; octets: Uint8Array; cut: number };
}

/** @throws PcapError for a file that is no pcap */
export function openPcap(bytes: Uint8Array): OpenPcap {
  const reader = new PcapReader();
  const frames = reader.push(bytes);
  return {
    frame: (n) => {
      const frame = frames[n - 1];
      if (frame !== undefined) {
        const { data: octets, originalLength } = frame;
        return { linkType: reader.linkType as number, octets, cut: originalLength - octets.length };
      }
      reader.end();
      throw new PcapError(bytes.length, told('there is no frame {n}', { n }));
    },
  };
}

function readFormat(header: DataView): Format {
  const magic = header.getUint32(0);
  const known = MAGIC.get(magic);
  if (!known) throw new PcapError(0, unknownMagic(magic));
  const version = header.getUint16(4, known.littleEndian);
  if (version !== 2) throw new PcapError(4, told('file format version {n}, not 2', { n: version }));
  // The upper half tells of frame checksums; the type is the lower.
  return { ...known, linkType: header.getUint32(20, known.littleEndian) & 0xffff };
}

/** What is taken for a capture, by the octets that it begins with, and what makes a pcap of it. */
function unknownMagic(magic: number): Told {
  if (magic === 0x0a0d0d0a) return told('this is pcapng; `editcap -F pcap` makes a pcap of it');
  if (magic === 0x736e6f6f) return told('this is snoop; `editcap -F pcap` makes a pcap of it');
  if (magic === 0xa1b2cd34 || magic === 0x34cdb2a1)
    return told('this is a modified pcap; `editcap -F pcap` makes a pcap of it');
  const packed = compressionOf(magic);
  if (packed !== undefined)
    return told('this is compressed: `{program}` unpacks it', { program: packed.program });
  const digits = magic.toString(16).padStart(8, '0');
  return told('no pcap file: it starts with 0x{magic}', { magic: digits });
}

/** How a file is compressed that begins with these four octets, and what unpacks it. */
export function compressionOf(magic: number): { program: string; isGzip: boolean } | undefined {
  if (magic >>> 16 === 0x1f8b) return { program: 'gunzip', isGzip: true };
  const program = PACKERS.get(magic) ?? (magic >>> 8 === 0x425a68 ? 'bunzip2' : undefined);
  return program === undefined ? undefined : { program, isGzip: false };
}

const PACKERS: ReadonlyMap<number, string> = new Map([
  [0x28b52ffd, 'unzstd'],
  [0xfd377a58, 'unxz'],
  [0x04224d18, 'unlz4'],
  [0x504b0304, 'unzip'],
]);

/** Lengths in octets; `fraction` in the file's parts of a second. */
interface RecordHeader extends Pick<Frame, 'time' | 'originalLength'> {
  fraction: number;
  length: number;
}

function readRecord(header: DataView, { littleEndian, perSecond }: Format): RecordHeader {
  const [seconds, fraction] = [
    header.getUint32(0, littleEndian),
    header.getUint32(4, littleEndian),
  ];
  return {
    time: BigInt(seconds) * 1_000_000_000n + BigInt(fraction * (1_000_000_000 / perSecond)),
    fraction,
    length: header.getUint32(8, littleEndian),
    originalLength: header.getUint32(12, littleEndian),
  };
}

/** What no writer of pcap writes into a record header; undefined when it is sound. */
function damageOf(
  n: number,
  { fraction, length: m, originalLength }: RecordHeader,
  { perSecond }: Format,
): Told | undefined {
  if (m > MAX_RECORD)
    return told('record {n} claims {m} octets, more than {most}', { n, m, most: MAX_RECORD });
  if (m > originalLength)
    return told('record {n} kept {m} octets of a frame of {most}', { n, m, most: originalLength });
  if (fraction >= perSecond)
    return told('record {n} has {m} parts of a second that has {most}', {
      ...{ n, m: fraction, most: perSecond },
    });
  return undefined;
}

const viewOf = (octets: Uint8Array, at: number, length: number): DataView =>
  new DataView(octets.buffer, octets.byteOffset + at, length);

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}
