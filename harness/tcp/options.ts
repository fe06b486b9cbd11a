import type { TcpOptions } from './segment.ts';

/** Reads an option's octets, kind and length included, into `options`. */
type Reader = (option: DataView, options: TcpOptions) => void;

/** The options that a segment can hold here, by kind, with the length each must have. */
const READERS: ReadonlyMap<number, { fits: (length: number) => boolean; read: Reader }> = new Map([
  [2, { fits: exactly(4), read: readMss }],
  [3, { fits: exactly(3), read: readWindowScale }],
  [4, { fits: exactly(2), read: readSackPermitted }],
  [5, { fits: (length: number) => length >= 10 && length % 8 === 2, read: readSack }],
  [8, { fits: exactly(10), read: readTimestamps }],
]);

/**
 * Decodes the options of a TCP header (RFC 9293 3.1, RFC 7323, RFC 2018).
 *
 * A list that breaks off (a length below 2 or beyond the header) is read up to there, and a known
 * option of a wrong length is skipped: tshark does the same, and the segment stays evidence. Of an
 * option given twice the last counts.
 */
export function decodeOptions(data: Uint8Array): TcpOptions {
  const options: TcpOptions = {};
  for (let at = 0; at < data.length;) {
    const kind = data[at];
    if (kind === undefined || kind === 0) break;
    if (kind === 1) {
      at += 1;
      continue;
    }
    const length = data[at + 1] ?? 0;
    if (length < 2 || at + length > data.length) break;
    const known = READERS.get(kind);
    if (known?.fits(length)) {
      known.read(new DataView(data.buffer, data.byteOffset + at, length), options);
    }
    at += length;
  }
  return options;
}

function readMss(option: DataView, options: TcpOptions): void {
  options.mss = option.getUint16(2);
}

function readWindowScale(option: DataView, options: TcpOptions): void {
  options.windowScale = option.getUint8(2);
}

function readSackPermitted(_option: DataView, options: TcpOptions): void {
  options.sackPermitted = true;
}

function readTimestamps(option: DataView, options: TcpOptions): void {
  options.timestamps = { value: option.getUint32(2), echo: option.getUint32(6) };
}

function readSack(option: DataView, options: TcpOptions): void {
  const blocks = (option.byteLength - 2) / 8;
  options.sack = Array.from({ length: blocks }, (_, block) => [
    option.getUint32(2 + block * 8),
    option.getUint32(6 + block * 8),
  ]);
}

function exactly(wanted: number): (length: number) => boolean {
  return (length) => length === wanted;
}
