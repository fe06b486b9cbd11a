import type { Field, Layer } from './field.ts';
import { partOf } from './layout.ts';
import { readLink, type Decoded } from './link.ts';

/**
 * Decodes a frame of a capture; `linkType` is the pcap's (LINK_TYPE). Never throws: what cannot be
 * decoded is `other` or `malformed`.
 *
 * Checksums are not judged: with offloading a capture on the sending host sees them unfinished.
 */
export const decodeFrame = (frame: Uint8Array, linkType: number): Decoded =>
  readLink(partOf(frame), linkType);

/**
 * The fields of a frame by the same reading: one for each header, with the header's own inside, and
 * one for what it carries. Never throws: what is cut says so, what is unknown is data.
 */
export function fieldsOf(frame: Uint8Array, linkType: number): Field[] {
  const layers: Layer[] = [];
  readLink(partOf(frame), linkType, layers);
  return layers.map((layer) => layer());
}
