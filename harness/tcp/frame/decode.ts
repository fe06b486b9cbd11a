import type { Field, Layer } from './field.ts';
import { partOf } from './layout.ts';
import { readLink, type Decoded } from './link.ts';

/**
 * Decodes a frame of a capture; `linkType` is the pcap's (LINK_TYPE). Never throws: what cannot be
 * decoded is `other` or `malformed`.
 *
 * `cut` octets of it were on the wire and are not here: a segment whose headers are whole has its
 * real length, and what there is of its payload.
 *
 * Checksums are not judged: with offloading a capture on the sending host sees them unfinished.
 */
export const decodeFrame = (frame: Uint8Array, linkType: number, cut = 0): Decoded =>
  readLink(partOf(frame, cut), linkType);

/**
 * The fields of a frame by the same reading: one for each header, with the header's own inside, and
 * one for what it carries. Never throws: what is cut says so, what is unknown is data.
 */
export function fieldsOf(frame: Uint8Array, linkType: number, cut = 0): Field[] {
  const layers: Layer[] = [];
  readLink(partOf(frame, cut), linkType, layers);
  return layers.map((layer) => layer());
}
