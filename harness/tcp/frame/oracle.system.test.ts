import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captureLoopback } from './capture.fixture.ts';
import { decodeFrame } from './decode.ts';
import { formatSegment } from './format.ts';
import type { Decoded } from './link.ts';
import { encodeFrame } from './encode.ts';
import { endpoint, injected, LINK } from './injected.fixture.ts';
import { parseInjected } from './injected.ts';
import {
  cooked,
  ethernet,
  ipv4,
  loopback,
  OPTION,
  pcapFile,
  pktap,
  tagged,
  tcp,
  tcpFrame,
} from './frames.fixture.ts';
import { readPcap } from '../capture/pcap.ts';
import type { Segment } from '../segment.ts';

// tshark and tcpdump say independently what is in a capture; the decoder must say the same.

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socket-lab-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const FIELDS = [
  'frame.protocols',
  'frame.time_epoch',
  ...['ip.src', 'ip.dst', 'ip.id', 'ip.ttl', 'ip.len', 'tcp.srcport', 'tcp.dstport'],
  ...['tcp.seq', 'tcp.ack', 'tcp.flags', 'tcp.window_size_value', 'tcp.len', 'tcp.payload'],
  ...['tcp.options.mss_val', 'tcp.options.wscale.shift', 'tcp.option_kind'],
  ...['tcp.options.timestamp.tsval', 'tcp.options.timestamp.tsecr'],
  ...['tcp.options.sack_le', 'tcp.options.sack_re'],
] as const;
type Seen = Record<(typeof FIELDS)[number], string>;

/** What tshark sees in each frame, by field; '' where a frame has no such field. */
async function tshark(file: string): Promise<Seen[]> {
  const { stdout } = await run('tshark', [
    ...['-n', '-r', file, '-o', 'tcp.relative_sequence_numbers:FALSE', '-T', 'fields'],
    ...['-E', 'occurrence=a', '-E', 'aggregator=;'],
    ...FIELDS.flatMap((field) => ['-e', field]),
  ]);
  return stdout.split('\n').map((line) => {
    const values = line.split('\t');
    return Object.fromEntries(FIELDS.map((field, at) => [field, values[at] ?? ''])) as Seen;
  });
}

async function run(program: string, args: string[]) {
  return execa(program, args, { stripFinalNewline: true }).catch((cause: unknown) => {
    throw new Error(`this test needs ${program}, which failed`, { cause });
  });
}

/** A segment in the terms of tshark's fields. */
function inTsharkTerms(segment: Segment): Partial<Seen> {
  const { options, ip } = segment;
  return {
    'ip.src': segment.src.address,
    'ip.dst': segment.dst.address,
    'ip.id': hex(ip.id, 4),
    'ip.ttl': String(ip.ttl),
    'ip.len': String(ip.length),
    'tcp.srcport': String(segment.src.port),
    'tcp.dstport': String(segment.dst.port),
    'tcp.seq': String(segment.seq),
    ...(segment.ack === undefined ? {} : { 'tcp.ack': String(segment.ack) }),
    'tcp.flags': hex(flagBits(segment.flags), 4),
    'tcp.window_size_value': String(segment.window),
    'tcp.len': String(segment.length),
    // tshark takes what a reset carries for its cause, a field of its own.
    ...(segment.flags.includes('R') ? {} : { 'tcp.payload': segment.payload ?? '' }),
    'tcp.options.mss_val': String(options.mss ?? ''),
    'tcp.options.wscale.shift': String(options.windowScale ?? ''),
    'tcp.options.timestamp.tsval': String(options.timestamps?.value ?? ''),
    'tcp.options.timestamp.tsecr': String(options.timestamps?.echo ?? ''),
    'tcp.options.sack_le': (options.sack ?? []).map(([left]) => left).join(';'),
    'tcp.options.sack_re': (options.sack ?? []).map(([, right]) => right).join(';'),
  };
}

function flagBits(flags: string): number {
  const letters = flags === 'none' ? '' : flags;
  return letters.split('').reduce((bits, letter) => bits | (1 << 'FSRP.UEWe'.indexOf(letter)), 0);
}

function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

/** Writes the capture, decodes it, and holds every frame against tshark's. */
async function compare(name: string, bytes: Uint8Array): Promise<Decoded[]> {
  const file = join(folder, name);
  await writeFile(file, bytes);
  const { linkType, frames } = readPcap(bytes);
  const seen = await tshark(file);
  expect(frames).toHaveLength(seen.length);
  return frames.map((frame, at) => {
    const theirs = seen[at] as Seen;
    const decoded = decodeFrame(frame.data, linkType, frame.originalLength - frame.data.length);
    expect(`${frame.index} ${epoch(frame.time)}`).toBe(`${at + 1} ${theirs['frame.time_epoch']}`);
    // What an ICMP message quotes is no segment.
    const isTcp = /(^|:)ip:tcp/.test(theirs['frame.protocols'].split(':icmp')[0] ?? '');
    expect(`${frame.index} ${decoded.kind === 'tcp'}`).toBe(`${at + 1} ${isTcp}`);
    if (decoded.kind === 'tcp') {
      expect({ frame: frame.index, ...theirs }).toMatchObject({
        frame: at + 1,
        ...inTsharkTerms(decoded.segment),
      });
      const permitted = theirs['tcp.option_kind'].split(';').includes('4');
      expect(decoded.segment.options.sackPermitted ?? false).toBe(permitted);
    }
    return decoded;
  });
}

function epoch(time: bigint): string {
  return `${time / 1_000_000_000n}.${String(time % 1_000_000_000n).padStart(9, '0')}`;
}

const half = fc.integer({ min: 0, max: 0xffff });
const whole = fc.integer({ min: 0, max: 0xffff_ffff });
const option = fc.oneof(
  half.map(OPTION.mss),
  fc.integer({ min: 0, max: 255 }).map(OPTION.windowScale),
  fc.constantFrom(OPTION.sackPermitted, OPTION.nop),
  fc.tuple(whole, whole).map(([value, echo]) => OPTION.timestamps(value, echo)),
  fc.tuple(whole, whole).map((edges) => OPTION.sack(...edges)),
);
const segment = fc.record({
  srcPort: half,
  seq: whole,
  ack: whole,
  flags: fc.integer({ min: 0, max: 0x1ff }),
  window: half,
  // Every kind once: of one given twice tshark shows both.
  options: fc
    .uniqueArray(option, { selector: ([kind]) => kind, maxLength: 5 })
    .map((list) => list.flat()),
  payload: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 20 }),
});

describe('frames made by hand', () => {
  const frames = [
    tcpFrame({ flags: 0x02, ack: 99 }),
    tcpFrame({ flags: 0x02, options: [...OPTION.mss(1460), ...OPTION.sackPermitted] }),
    tcpFrame({
      flags: 0x12,
      ack: 2,
      seq: 0xffff_ffff,
      options: [
        ...[...OPTION.mss(65_495), ...OPTION.sackPermitted, ...OPTION.timestamps(0xffff_ffff, 1)],
        ...[...OPTION.nop, ...OPTION.windowScale(14)],
      ],
    }),
    tcpFrame({ ack: 7, options: [...OPTION.nop, ...OPTION.nop, ...OPTION.sack(1, 5)] }),
    tcpFrame({ ack: 7, options: OPTION.sack(1, 5, 0xffff_fff0, 3, 9, 10, 20, 30), payload: [1] }),
    tcpFrame({ flags: 0x18, ack: 7, payload: [0, 255, 13, 10] }),
    tcpFrame({ flags: 0x11, ack: 7 }),
    tcpFrame({ flags: 0x04, window: 0 }),
    tcpFrame({ flags: 0x1ff, ack: 1 }),
    tcpFrame({ flags: 0 }),
    // Padded to Ethernet's minimum, and padded by less.
    tcpFrame({ ack: 7 }, 60),
    tcpFrame({ ack: 7, payload: [1] }, 57),
    // Option lists that are not as they should be.
    tcpFrame({ options: [...OPTION.mss(9), 8, 40, 0, 0] }),
    tcpFrame({ options: [...OPTION.mss(9), 8, 1, ...OPTION.windowScale(1)] }),
    tcpFrame({ options: [...OPTION.mss(9), ...OPTION.end, ...OPTION.windowScale(1)] }),
    tcpFrame({ options: [2, 3, 1, ...OPTION.windowScale(1)] }),
    tcpFrame({ options: [253, 4, 1, 2, ...OPTION.mss(9)] }),
    // Not TCP, or too little of it.
    ethernet(0x88b5, new TextEncoder().encode('marker')),
    ethernet(0x0800, ipv4(17, Uint8Array.from([0, 53, 0, 9, 0, 9, 0, 0, 1]))),
    ethernet(0x0800, ipv4(1, Uint8Array.from([3, 3, 0, 0, 0, 0, 0, 0, ...ipv4(6, tcp())]))),
    ethernet(0x0800, ipv4(6, tcp(), 0x0003)),
  ];

  test.each([
    { nanoseconds: false, littleEndian: true },
    { nanoseconds: false, littleEndian: false },
    { nanoseconds: true, littleEndian: true },
    { nanoseconds: true, littleEndian: false },
  ])('nanoseconds $nanoseconds, little-endian $littleEndian', async (kind) => {
    const decoded = await compare('by-hand.pcap', pcapFile({ ...kind, frames }));
    expect(decoded.filter(({ kind }) => kind === 'tcp')).toHaveLength(17);
  });

  test.each([
    { linkType: 0, frame: (packet: Uint8Array) => loopback(packet, true) },
    { linkType: 1, frame: (packet: Uint8Array) => tagged([5], packet) },
    { linkType: 1, frame: (packet: Uint8Array) => tagged([100, 5], packet) },
    { linkType: 12, frame: (packet: Uint8Array) => packet },
    { linkType: 101, frame: (packet: Uint8Array) => packet },
    { linkType: 108, frame: (packet: Uint8Array) => loopback(packet, false) },
    { linkType: 113, frame: (packet: Uint8Array) => cooked(1, packet) },
    { linkType: 228, frame: (packet: Uint8Array) => packet },
    { linkType: 258, frame: (packet: Uint8Array) => pktap(12, packet) },
    { linkType: 276, frame: (packet: Uint8Array) => cooked(2, packet) },
  ])('link type $linkType', async ({ linkType, frame }) => {
    const packets = [ipv4(6, tcp({ flags: 0x02 })), ipv4(17, new Uint8Array(8))].map(frame);
    const decoded = await compare('link.pcap', pcapFile({ linkType, frames: packets }));
    expect(decoded.map(({ kind }) => kind)).toEqual(['tcp', 'other']);
  });

  test.each([54, 60, 70, 96])('cut at %i octets', async (snap) => {
    const frames = [0, 1, 42, 1000].map((size) =>
      tcpFrame({ flags: 0x18, ack: 7, payload: Array<number>(size).fill(65) }),
    );
    const decoded = await compare('cut.pcap', pcapFile({ frames, snap }));
    expect(decoded.every(({ kind }) => kind === 'tcp')).toBe(true);
  });

  test('segments at random', async () => {
    const frames = fc
      .sample(segment, { numRuns: 1000, seed: 9293 })
      .map((fields) => tcpFrame(fields));
    const decoded = await compare('random.pcap', pcapFile({ frames }));
    expect(decoded.every(({ kind }) => kind === 'tcp')).toBe(true);
  });
});

describe('injected segments', () => {
  const frames = fc
    .sample(fc.tuple(injected, endpoint, endpoint), { numRuns: 500, seed: 1071 })
    .map(([text, from, to]) => encodeFrame(LINK, from, to, parseInjected(text)));

  test('tshark sees the same', async () => {
    const decoded = await compare('injected.pcap', pcapFile({ frames }));
    expect(decoded.every(({ kind }) => kind === 'tcp')).toBe(true);
  });

  test('tshark finds their checksums good, and those of a damaged one bad', async () => {
    const damaged = frames.slice(0, 1).map((frame) => Buffer.from(frame));
    // One bit of the Internet header's time to live, one of the TCP header's window.
    for (const at of [22, 48]) damaged[0]?.writeUInt8(damaged[0].readUInt8(at) ^ 1, at);
    const file = join(folder, 'checksums.pcap');
    await writeFile(file, pcapFile({ frames: [...frames, ...damaged] }));
    const { stdout } = await run('tshark', [
      ...['-n', '-r', file, '-o', 'ip.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE'],
      ...['-T', 'fields', '-e', 'ip.checksum.status', '-e', 'tcp.checksum.status'],
    ]);
    const verdicts = stdout.split('\n').map((line) => line.split('\t').map(Number));
    const [GOOD, BAD] = [1, 0];
    expect(verdicts).toEqual([...frames.map(() => [GOOD, GOOD]), [BAD, BAD]]);
  });
});

describe('a real exchange', () => {
  let capture: Uint8Array;
  beforeAll(async () => {
    capture = await captureLoopback();
  });

  test('tshark sees the same', async () => {
    const decoded = await compare('real.pcap', capture);
    const flags = decoded.flatMap((frame) => (frame.kind === 'tcp' ? [frame.segment.flags] : []));
    for (const expected of ['S', 'S.', '.', 'P.', 'F.', 'R.']) expect(flags).toContain(expected);
    const others = decoded.flatMap((frame) => (frame.kind === 'other' ? [frame.protocol] : []));
    expect(new Set(others)).toEqual(new Set(['udp', 'icmp', 'ipv6']));
  });

  test('tcpdump writes the same lines', async () => {
    const file = join(folder, 'lines.pcap');
    await writeFile(file, capture);
    const { stdout } = await run('tcpdump', ['-nn', '-S', '-t', '-r', file, 'ip and tcp']);
    const ours = readPcap(capture).frames.flatMap(({ data }) => {
      const decoded = decodeFrame(data, 1);
      return decoded.kind === 'tcp' ? [formatSegment(decoded.segment)] : [];
    });
    expect(ours).toEqual(stdout.split('\n').map(inOurStyle));
  });
});

/** tcpdump's line with colons before ports, without commas between fields and without padding. */
function inOurStyle(line: string): string {
  return line
    .replace(/^IP (\S+)\.(\d+) > (\S+)\.(\d+): Flags /, '$1:$2 > $3:$4 ')
    .replace(/options \[(.*?)\]/, (_all, list: string) => {
      const kept = list.split(',').filter((option) => option !== 'nop' && option !== 'eol');
      return `options [${kept.join('|')}]`;
    })
    .replaceAll(', ', ' ')
    .replaceAll('|', ',')
    .replace(/(length \d+).*$/, '$1');
}
