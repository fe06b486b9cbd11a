import {
  FILE_HEADER,
  parseFileHeader,
  parseRecordHeader,
  PcapError,
  RECORD_HEADER,
  recordDamage,
  type PcapFormat,
} from './pcap-header.ts';

export { PcapError };

/** One captured frame. */
export interface Frame {
  /** From 1, as Wireshark counts. */
  index: number;
  /** Nanoseconds since the epoch. */
  time: bigint;
  /** The captured octets, a copy of its own. */
  data: Uint8Array;
  /** Octets on the wire; more than `data.length` when the capture was cut by a snap length. */
  originalLength: number;
}

/**
 * Reads a classic pcap file (draft-ietf-opsawg-pcap: micro- or nanoseconds, either byte order) that
 * arrives in chunks of any size, such as the output of `tcpdump -w -`.
 */
export class PcapReader {
  #pending: Uint8Array = new Uint8Array(0);
  /** Where `#pending` starts in the file. */
  #offset = 0;
  #count = 0;
  #format: PcapFormat | undefined;
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
    this.#pending = concat(this.#pending, chunk);
    const frames: Frame[] = [];
    try {
      for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    } catch (error) {
      if (!(error instanceof PcapError)) throw error;
      this.#damage = error;
      if (frames.length === 0) throw error;
    }
    // The caller may reuse its buffer.
    this.#pending = this.#pending.slice();
    return frames;
  }

  /** Says that the file is over. Throws PcapError when it ends inside its header or a record. */
  end(): void {
    if (this.#damage) throw this.#damage;
    if (this.#format && this.#pending.length === 0) return;
    const part = this.#format ? `record ${this.#count + 1}` : 'the file header';
    throw new PcapError(this.#offset + this.#pending.length, `the file ends inside ${part}`);
  }

  #next(): Frame | undefined {
    const format = this.#readFormat();
    if (!format || this.#pending.length < RECORD_HEADER) return undefined;
    const record = parseRecordHeader(viewOf(this.#pending), format);
    const damage = recordDamage(record, format);
    if (damage) throw new PcapError(this.#offset, `record ${this.#count + 1} ${damage}`);
    if (this.#pending.length < RECORD_HEADER + record.length) return undefined;
    this.#consume(RECORD_HEADER);
    const data = this.#consume(record.length).slice();
    const nanoseconds = BigInt(record.fraction) * BigInt(1_000_000_000 / format.perSecond);
    const time = BigInt(record.seconds) * 1_000_000_000n + nanoseconds;
    this.#count += 1;
    return { index: this.#count, time, data, originalLength: record.originalLength };
  }

  #readFormat(): PcapFormat | undefined {
    if (!this.#format && this.#pending.length >= FILE_HEADER) {
      this.#format = parseFileHeader(viewOf(this.#pending));
      this.#consume(FILE_HEADER);
    }
    return this.#format;
  }

  #consume(octets: number): Uint8Array {
    const taken = this.#pending.subarray(0, octets);
    this.#pending = this.#pending.subarray(octets);
    this.#offset += octets;
    return taken;
  }
}

/** Reads a whole pcap file. Throws PcapError for a file that is no pcap, damaged or cut. */
export function readPcap(bytes: Uint8Array): { linkType: number; frames: Frame[] } {
  const reader = new PcapReader();
  const frames = reader.push(bytes);
  reader.end();
  // Past end() the file header has been read.
  return { linkType: reader.linkType as number, frames };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function concat(head: Uint8Array, tail: Uint8Array): Uint8Array {
  if (head.length === 0) return tail;
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}
