import { CAPTURE_OCTETS } from '../agent/limits.ts';
import type { HostName } from '../evidence/events.ts';
import {
  LINKTYPE_ETHERNET,
  emptyPcap,
  FILE_HEADER,
  PcapReader,
  RECORD_HEADER,
  type Frame,
} from '../tcp/capture/pcap.ts';
import { WitnessError } from './error.ts';
import { told } from '../told.ts';

/** A host's capture as it comes, from before tcpdump has started until the run has ended. */
export class Capture {
  readonly #host: HostName;
  readonly #reader = new PcapReader();
  readonly #chunks: Uint8Array[] = [];
  #octets = 0;
  /** Where in the file each number of frames ends. */
  readonly #ends = [FILE_HEADER];

  constructor(host: HostName) {
    this.#host = host;
  }

  get linkType(): number {
    // A frame never comes before the header that says so.
    return this.#reader.linkType ?? LINKTYPE_ETHERNET;
  }

  /**
   * The frames that these octets complete.
   * @throws WitnessError for more octets than a capture may have, PcapError
   */
  push(chunk: Uint8Array): Frame[] {
    this.#octets += chunk.length;
    if (this.#octets > CAPTURE_OCTETS) {
      const params = { host: told(this.#host), n: CAPTURE_OCTETS };
      throw new WitnessError(told("the {host}'s capture has more than {n} octets", params));
    }
    this.#chunks.push(chunk);
    const frames = this.#reader.push(chunk);
    for (const { data } of frames)
      this.#ends.push((this.#ends.at(-1) ?? 0) + RECORD_HEADER + data.length);
    return frames;
  }

  /** A pcap file of the first so many frames, which have come whole. */
  file(frames: number): Buffer {
    const end = this.#ends[frames];
    if (end === undefined) throw new RangeError(`there are no ${frames} frames`);
    // Before tcpdump has begun there is no header either.
    return this.#reader.linkType === undefined
      ? Buffer.from(emptyPcap())
      : Buffer.concat(this.#chunks, end);
  }
}
