/** pcapng files (draft-ietf-opsawg-pcapng): what Wireshark writes unless it is told otherwise. */

import { told } from '../../told.ts';
import { PcapError, type CapturedFrame } from './pcap.ts';

/** Block types; all others say nothing of frames and are passed over. */
const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;

const BYTE_ORDER = 0x1a2b3c4d;
/** Type, length, and the length again. */
const LEAST_BLOCK = 12;
/** Options of an interface: what a unit of its times is, and what they are counted from, seconds. */
const OPTION_END = 0;
const TIME_RESOLUTION = 9;
const TIME_OFFSET = 14;

const NANOSECONDS = 1_000_000_000n;

/** What a section says of one interface; sections count theirs from 0. */
interface Interface {
  linkType: number;
  snapLength: number;
  /** Units of a time in one second. */
  perSecond: bigint;
  /** Seconds. */
  offset: bigint;
}

export const isPcapng = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && viewOf(bytes, 0, 4).getUint32(0) === SECTION;

/** The frames up to the end or, with `damage`, to where the file makes no sense. Never throws. */
export function readPcapng(bytes: Uint8Array): { frames: CapturedFrame[]; damage?: PcapError } {
  const frames: CapturedFrame[] = [];
  try {
    for (const frame of framesOf(bytes)) frames.push({ ...frame, index: frames.length + 1 });
    return { frames };
  } catch (error) {
    if (error instanceof PcapError) return { frames, damage: error };
    throw error;
  }
}

function* framesOf(bytes: Uint8Array): Generator<Omit<CapturedFrame, 'index'>> {
  let littleEndian = true;
  let interfaces: Interface[] = [];
  for (let at = 0; at < bytes.length;) {
    if (bytes.length - at < LEAST_BLOCK) throw cut(bytes);
    const head = viewOf(bytes, at, LEAST_BLOCK);
    if (head.getUint32(0) === SECTION) {
      littleEndian = byteOrderOf(head, at);
      interfaces = [];
    }
    const type = head.getUint32(0, littleEndian);
    const length = head.getUint32(4, littleEndian);
    if (length < LEAST_BLOCK || length % 4 !== 0)
      throw new PcapError(at, told('a block of {n} octets', { n: length }));
    if (length > bytes.length - at) throw cut(bytes);
    const block: Block = { view: viewOf(bytes, at, length), bytes, at, littleEndian };
    if (block.view.getUint32(length - 4, littleEndian) !== length)
      throw new PcapError(at, told('a block that ends with another length than it begins with'));
    if (type === INTERFACE) interfaces.push(interfaceOf(block));
    else if (PACKETS.has(type)) yield packetOf(type, block, interfaces);
    at += length;
  }
}

interface Block {
  /** Of the block alone. */
  view: DataView;
  bytes: Uint8Array;
  at: number;
  littleEndian: boolean;
}

function byteOrderOf(head: DataView, at: number): boolean {
  if (head.getUint32(8, true) === BYTE_ORDER) return true;
  if (head.getUint32(8) === BYTE_ORDER) return false;
  throw new PcapError(at + 8, told('a section without a byte order'));
}

function interfaceOf(block: Block): Interface {
  const { view, littleEndian } = block;
  need(block, 20);
  const about: Interface = {
    linkType: view.getUint16(8, littleEndian),
    snapLength: view.getUint32(12, littleEndian),
    perSecond: 1_000_000n,
    offset: 0n,
  };
  const end = view.byteLength - 4;
  for (let at = 16; at + 4 <= end;) {
    const [code, length] = [view.getUint16(at, littleEndian), view.getUint16(at + 2, littleEndian)];
    if (code === OPTION_END || at + 4 + length > end) break;
    if (code === TIME_RESOLUTION && length === 1) about.perSecond = unitsOf(view.getUint8(at + 4));
    if (code === TIME_OFFSET && length === 8) about.offset = view.getBigInt64(at + 4, littleEndian);
    // To the next four octets.
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return about;
}

/** The highest bit tells powers of two from powers of ten. */
const unitsOf = (resolution: number): bigint =>
  (resolution & 0x80 ? 2n : 10n) ** BigInt(resolution & 0x7f);

/** Where each kind of packet block has what it says; a simple one has neither interface nor time. */
const PACKETS: ReadonlyMap<number, { data: number; captured?: number; original: number }> = new Map(
  [
    [ENHANCED_PACKET, { captured: 20, original: 24, data: 28 }],
    [OBSOLETE_PACKET, { captured: 20, original: 24, data: 28 }],
    [SIMPLE_PACKET, { original: 8, data: 12 }],
  ],
);

function packetOf(
  type: number,
  block: Block,
  interfaces: readonly Interface[],
): Omit<CapturedFrame, 'index'> {
  const { view, bytes, at, littleEndian } = block;
  const { data, captured, original } = PACKETS.get(type) ?? { data: 12, original: 8 };
  need(block, data + 4);
  const number = numberOf(type, block);
  const about = interfaces[number];
  if (about === undefined)
    throw new PcapError(
      at,
      told('a packet of interface {n}, which is not described', { n: number }),
    );
  const originalLength = view.getUint32(original, littleEndian);
  const room = view.byteLength - 4 - data;
  const whole =
    about.snapLength === 0 ? originalLength : Math.min(originalLength, about.snapLength);
  const length = captured === undefined ? whole : view.getUint32(captured, littleEndian);
  if (length > room || length > originalLength)
    throw new PcapError(
      at,
      told('a packet that claims {n} octets where {m} are', { n: length, m: room }),
    );
  return {
    time: captured === undefined ? 0n : timeOf(block, about),
    data: bytes.subarray(at + data, at + data + length),
    originalLength,
    linkType: about.linkType,
  };
}

function numberOf(type: number, { view, littleEndian }: Block): number {
  if (type === SIMPLE_PACKET) return 0;
  return type === ENHANCED_PACKET
    ? view.getUint32(8, littleEndian)
    : view.getUint16(8, littleEndian);
}

function timeOf({ view, littleEndian }: Block, { perSecond, offset }: Interface): bigint {
  const high = BigInt(view.getUint32(12, littleEndian));
  const units = (high << 32n) | BigInt(view.getUint32(16, littleEndian));
  return (units * NANOSECONDS) / perSecond + offset * NANOSECONDS;
}

function need({ view, at }: Block, least: number): void {
  if (view.byteLength < least)
    throw new PcapError(at, told('a block of {n} octets', { n: view.byteLength }));
}

const cut = (bytes: Uint8Array): PcapError =>
  new PcapError(bytes.length, told('the file ends inside a block'));

const viewOf = (octets: Uint8Array, at: number, length: number): DataView =>
  new DataView(octets.buffer, octets.byteOffset + at, length);
