/** Builders of frames and pcap files for the tests: written apart from the decoder they test. */

export interface TestSegment {
  srcPort?: number;
  dstPort?: number;
  seq?: number;
  ack?: number;
  /** The low nine bits of the flags word. */
  flags?: number;
  window?: number;
  options?: readonly number[];
  payload?: readonly number[];
}

export interface TestPcap {
  linkType?: number;
  nanoseconds?: boolean;
  littleEndian?: boolean;
  /** Octets of each frame that are kept, as `tcpdump -s` does. */
  snap?: number;
  frames: readonly Uint8Array[];
}

/** The time of the first frame of `pcapFile`, and of each further one a second and a bit later. */
export const START = { seconds: 1_700_000_000, fraction: 123_456 };

export function pcapFile({ linkType = 1, frames, ...rest }: TestPcap): Uint8Array {
  const { nanoseconds = false, littleEndian = true, snap = Infinity } = rest;
  const u32 = (value: number) => word(value, littleEndian);
  const magic = nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4;
  const version = littleEndian ? [2, 0, 4, 0] : [0, 2, 0, 4];
  const header = [
    ...u32(magic),
    ...version,
    ...u32(0),
    ...u32(0),
    ...u32(262_144),
    ...u32(linkType),
  ];
  const records = frames.flatMap((frame, at) => [
    ...u32(START.seconds + at),
    ...u32(START.fraction + at),
    ...u32(Math.min(frame.length, snap)),
    ...u32(frame.length),
    ...frame.slice(0, snap),
  ]);
  return Uint8Array.from([...header, ...records]);
}

export function ethernet(type: number, payload: Uint8Array, padTo = 0): Uint8Array {
  const frame = [...[2, 0, 0, 0, 0, 2], ...[2, 0, 0, 0, 0, 1], ...half(type), ...payload];
  while (frame.length < padTo) frame.push(0);
  return Uint8Array.from(frame);
}

/** An Ethernet frame with tags of virtual LANs, the outer one first: 802.1ad, then 802.1Q. */
export function tagged(ids: readonly number[], packet: Uint8Array): Uint8Array {
  const types = [...ids.map((_, i) => (i < ids.length - 1 ? 0x88a8 : 0x8100)), 0x0800];
  const tags = ids.flatMap((id, i) => [...half(0x6000 | id), ...half(types[i + 1] ?? 0)]);
  return ethernet(types[0] ?? 0, Uint8Array.from([...tags, ...packet]));
}

/** BSD loopback: AF_INET in either byte order, then `packet`. */
export const loopback = (packet: Uint8Array, littleEndian: boolean): Uint8Array =>
  Uint8Array.from([...word(2, littleEndian), ...packet]);

/** Apple's header of 108 octets, which says what link type `frame` is of. */
export function pktap(linkType: number, frame: Uint8Array): Uint8Array {
  const header = new Uint8Array(108);
  header.set([...word(108, true), ...word(1, true), ...word(linkType, true)]);
  return Uint8Array.from([...header, ...frame]);
}

/** A Linux cooked frame, version 1 (link type 113) or 2 (276), that holds `packet`. */
export function cooked(version: 1 | 2, packet: Uint8Array): Uint8Array {
  const address = [2, 0, 0, 0, 0, 1, 0, 0];
  const header =
    version === 1
      ? [...half(0), ...half(1), ...half(6), ...address, ...half(0x0800)]
      : [...half(0x0800), ...half(0), ...word(1), ...half(1), 0, 6, ...address];
  return Uint8Array.from([...header, ...packet]);
}

/** A packet from 10.0.0.1 to 10.0.0.2. */
export function ipv4(protocol: number, payload: Uint8Array, fragment = 0): Uint8Array {
  const length = 20 + payload.length;
  const header = [0x45, 0, ...half(length), ...half(0x1234), ...half(fragment), 64, protocol, 0, 0];
  return Uint8Array.from([...header, 10, 0, 0, 1, 10, 0, 0, 2, ...payload]);
}

export function tcp(segment: TestSegment = {}): Uint8Array {
  const { srcPort = 40_001, dstPort = 6000, seq = 1, ack = 0, window = 64_240 } = segment;
  const { flags = 0x10, options = [], payload = [] } = segment;
  const padded = [...options, ...Array<number>((4 - (options.length % 4)) % 4).fill(0)];
  const offsetAndFlags = ((5 + padded.length / 4) << 12) | flags;
  return Uint8Array.from([
    ...half(srcPort),
    ...half(dstPort),
    ...word(seq),
    ...word(ack),
    ...half(offsetAndFlags),
    ...half(window),
    ...[0, 0, 0, 0],
    ...padded,
    ...payload,
  ]);
}

/** An Ethernet frame that holds a TCP segment from 10.0.0.1 to 10.0.0.2. */
export function tcpFrame(segment: TestSegment = {}, padTo = 0): Uint8Array {
  return ethernet(0x0800, ipv4(6, tcp(segment)), padTo);
}

/** TCP options as octets. */
export const OPTION = {
  mss: (value: number) => [2, 4, ...half(value)],
  windowScale: (shift: number) => [3, 3, shift],
  sackPermitted: [4, 2],
  sack: (...edges: number[]) => [5, 2 + edges.length * 4, ...edges.flatMap((edge) => word(edge))],
  timestamps: (value: number, echo: number) => [8, 10, ...word(value), ...word(echo)],
  nop: [1],
  end: [0],
};

function half(value: number): number[] {
  return [(value >> 8) & 0xff, value & 0xff];
}

function word(value: number, littleEndian = false): number[] {
  const bytes = [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
  return littleEndian ? bytes.reverse() : bytes;
}
