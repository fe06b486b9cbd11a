import type { Segment } from '../segment.ts';
import type { Part } from './layout.ts';

/** What a frame carries. `payload` is there for local experimental frames (EtherType 0x88b5). */
export type Packet =
  | { kind: 'tcp'; segment: Segment }
  | { kind: 'other'; protocol: string; summary: string; payload?: Uint8Array }
  | { kind: 'malformed'; reason: string };

/** What the network layer says of what it carries. */
export interface Network {
  src: string;
  dst: string;
  ip: Segment['ip'];
  /** Both addresses' octets. */
  addresses: Part;
  /** Octets that it says to carry; more than there are when the capture was cut. */
  carries: number;
}

export const other = (protocol: string, summary: string): Packet & { kind: 'other' } => ({
  kind: 'other',
  protocol,
  summary,
});

export const malformed = (reason: string): Packet => ({ kind: 'malformed', reason });
