import { realpath } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { archiveOf } from '../../evidence/archive.ts';
import { readRegularFile, UnreadableError } from '../../evidence/regular-file.ts';
import type { CapturedSegment } from '../../history/captured.ts';
import {
  compressionOf,
  PcapError,
  readPcapUpToDamage,
  type CapturedFrame,
} from '../../tcp/capture/pcap.ts';
import { isPcapng, readPcapng } from '../../tcp/capture/pcapng.ts';
import { decodeFrame } from '../../tcp/frame/decode.ts';
import { beside, told, ToldError, type Told } from '../../told.ts';

/** A file that cannot be shown as a capture. */
export class CaptureError extends ToldError {
  override readonly name = 'CaptureError';
}

/** A capture from elsewhere, as far as it makes sense. */
export interface CaptureFile {
  frames: number;
  segments: CapturedSegment[];
  /** What the other frames are, and how many of each. */
  others: Map<string, number>;
  /** Why what is behind its last frame is not read. */
  damage?: PcapError;
}

/** Octets, also of what is unpacked. */
const LARGEST = 256 << 20;

/**
 * Reads a pcap or pcapng file, compressed by gzip or not.
 * @throws CaptureError for a file that is neither, in one line that names what it is
 */
export async function readCaptureFile(path: string): Promise<CaptureFile> {
  const refuse = (why: Told): CaptureError =>
    new CaptureError(told('{path}: {why}', { path, why }));
  try {
    const archive = await archiveOf(path);
    if (archive !== undefined) throw refuse(archive);
    const bytes = unpacked(await readRegularFile(await realpath(path), { atMost: LARGEST }));
    const { frames, damage } = isPcapng(bytes) ? readPcapng(bytes) : readPcapUpToDamage(bytes);
    if (frames.length === 0) throw refuse(damage?.told ?? told('a capture without a frame'));
    return { ...sorted(frames), ...(damage && { damage }) };
  } catch (error) {
    if (error instanceof PcapError || error instanceof UnreadableError) throw refuse(error.told);
    throw error;
  }
}

/** @throws PcapError for what claims to be compressed and is not, or is too much */
function unpacked(bytes: Buffer): Buffer {
  const packed = bytes.length < 4 ? undefined : compressionOf(bytes.readUInt32BE(0));
  if (packed?.isGzip !== true) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new PcapError(
      0,
      code === 'ERR_BUFFER_TOO_LARGE'
        ? told('unpacked it has more than {n} octets', { n: LARGEST })
        : told('gzip cannot unpack it ({code})', { code }),
    );
  }
}

function sorted(frames: readonly CapturedFrame[]): Omit<CaptureFile, 'damage'> {
  const segments: CapturedSegment[] = [];
  const others = new Map<string, number>();
  const first = frames[0]?.time ?? 0n;
  for (const { index, time, data, originalLength, linkType } of frames) {
    const decoded = decodeFrame(data, linkType, originalLength - data.length);
    if (decoded.kind === 'tcp') {
      segments.push({ frame: index, t: Number(time - first), segment: decoded.segment });
      continue;
    }
    const what = decoded.kind === 'other' ? wordsFor(decoded.protocol) : decoded.reason;
    others.set(what, (others.get(what) ?? 0) + 1);
  }
  return { frames: frames.length, segments, others };
}

/** What a reader of captures calls it. */
const wordsFor = (protocol: string): string =>
  protocol.replace(/^linktype-/, 'of link type ').replace(/^ipv6$/, 'IPv6');

/** Why a capture has nothing to draw. */
export const nothingIn = (
  path: string,
  { frames, others }: CaptureFile,
  list: string,
): CaptureError => {
  const why = told('no TCP over IPv4 in its {n} frames: {list}', { n: frames, list });
  const unread = [...others.keys()].some((what) => what.startsWith('of link type '));
  const hint = told('link types that are read: {list}', { list: READ });
  return new CaptureError(told('{path}: {why}', { path, why: unread ? beside([why, hint]) : why }));
};

/** tcpdump.org/linktypes.html */
const READ =
  'Ethernet (1), NULL and LOOP (0, 108), raw IP (12, 14, 101), IPv4 (228), Linux cooked (113, 276), PKTAP (258)';
