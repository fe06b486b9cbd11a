/**
 * The Internet checksum (RFC 1071): the ones' complement of the ones' complement sum of 16-bit
 * words, 0..0xffff; an odd last octet counts as though a zero followed. Over data that holds its own
 * checksum it is 0, unless that is named in `own`: then it is what belongs there.
 */
export const internetChecksum = (data: Uint8Array, own = 0): number =>
  complement(sumOf(data) - own);

/**
 * The checksum of a segment: it covers a pseudo header, too, of both network addresses, the protocol
 * and the segment's length (RFC 9293 3.1). `own` is what the segment has in its place.
 */
export function transportChecksum(
  addresses: Uint8Array,
  protocol: number,
  segment: Uint8Array,
  own = 0,
): number {
  const length = (segment.length >>> 16) + (segment.length & 0xffff);
  return complement(sumOf(addresses) + protocol + length + sumOf(segment) - own);
}

function sumOf(data: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < data.length; at++)
    sum += at % 2 === 0 ? (data[at] ?? 0) << 8 : (data[at] ?? 0);
  return sum;
}

function complement(words: number): number {
  let sum = words;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
