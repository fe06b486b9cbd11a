import { macOctets } from '../tcp/encode.ts';

/**
 * Marker frames that fence a capture at both ends. They are no IP: neither a held wire nor a
 * firewall stops them. IEEE 802 ethertype 0x88B5 is reserved for local experiments.
 */
export const FENCE_ETHERTYPE = 0x88b5;
const MAGIC = 'socket-lab ';

/** The frame from `from` to `to` (link addresses) with `nonce`; 60 octets, the least that Ethernet has. */
export function fenceFrame(from: string, to: string, nonce: string): Buffer {
  const frame = Buffer.alloc(60);
  frame.set(macOctets(to), 0);
  frame.set(macOctets(from), 6);
  frame.writeUInt16BE(FENCE_ETHERTYPE, 12);
  frame.write(MAGIC + nonce, 14, 'latin1');
  return frame;
}

/** The nonce of a fence frame's payload; undefined when it is none of ours. */
export function fenceNonce(payload: Uint8Array): string | undefined {
  const text = Buffer.from(payload).toString('latin1').replace(/\0+$/, '');
  return text.startsWith(MAGIC) ? text.slice(MAGIC.length) : undefined;
}
