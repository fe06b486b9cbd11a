/**
 * The Internet checksum (RFC 1071): the ones' complement of the ones' complement sum of 16-bit
 * words, 0..0xffff; an odd last octet counts as though a zero followed. Over data that holds its own
 * checksum it is 0.
 */
export function internetChecksum(data: Uint8Array): number {
  let sum = 0;
  for (const [at, octet] of data.entries()) sum += at % 2 === 0 ? octet << 8 : octet;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
