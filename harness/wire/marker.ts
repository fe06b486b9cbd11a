import { ETHERNET, ETHERTYPE, LENGTH, partOf, writeFields } from '../tcp/frame/layout.ts';

/**
 * Synchronization markers: frames that bound a capture at both ends. They are no IP: neither a held wire nor a
 * firewall stops them. IEEE 802 ethertype 0x88B5 is reserved for local experiments.
 */
export const MARKER_ETHERTYPE = ETHERTYPE.experimental;
const MAGIC = 'socket-lab ';

/** The frame from `from` to `to` (link addresses) with `nonce`; 60 octets, the least that Ethernet has. */
export function markerFrame(from: string, to: string, nonce: string): Buffer {
  const frame = Buffer.alloc(60);
  writeFields(partOf(frame), ETHERNET, { destination: to, source: from, type: MARKER_ETHERTYPE });
  frame.write(MAGIC + nonce, LENGTH.ethernet, 'latin1');
  return frame;
}

/** The nonce of a marker frame's payload; undefined when it is none of ours. */
export function markerNonce(payload: Uint8Array): string | undefined {
  const text = Buffer.from(payload).toString('latin1').replace(/\0+$/, '');
  return text.startsWith(MAGIC) ? text.slice(MAGIC.length) : undefined;
}
