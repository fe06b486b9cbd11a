import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tcpFrame } from '../frame/frames.fixture.ts';
import { isPcapng, readPcapng } from './pcapng.ts';

const frames = [tcpFrame(), tcpFrame({ payload: [1, 2, 3] })];
const SECONDS = 1_700_000_000n;

/** Blocks as a file in one byte order: written apart from the reader that they test. */
function blocks(littleEndian: boolean) {
  const numbers = (size: number, ...values: number[]): number[] =>
    values.flatMap((value) => {
      const octets = Array.from({ length: size }, (_, at) => (value / 2 ** (8 * at)) & 0xff);
      return littleEndian ? octets : octets.reverse();
    });
  const u16 = (...values: number[]) => numbers(2, ...values);
  const u32 = (...values: number[]) => numbers(4, ...values);
  const padded = (octets: readonly number[]) => [
    ...octets,
    ...Array<number>((4 - (octets.length % 4)) % 4).fill(0),
  ];
  const block = (type: number, body: readonly number[]) => {
    const length = 12 + padded(body).length;
    return [...u32(type, length), ...padded(body), ...u32(length)];
  };
  const time = (units: bigint) => [Number(units >> 32n), Number(units & 0xffff_ffffn)];
  return {
    block,
    section: () =>
      block(0x0a0d0d0a, [...u32(0x1a2b3c4d), ...u16(1, 0), ...u32(0xffff_ffff, 0xffff_ffff)]),
    interface: (linkType: number, { snap = 0, options = [] as number[] } = {}) =>
      block(1, [...u16(linkType, 0), ...u32(snap), ...options]),
    resolution: (value: number) => [...u16(9, 1), value, 0, 0, 0],
    offset: (seconds: number) =>
      littleEndian ? [...u16(14, 8), ...u32(seconds, 0)] : [...u16(14, 8), ...u32(0, seconds)],
    enhanced: (of: number, units: bigint, data: Uint8Array, original = data.length) =>
      block(6, [...u32(of, ...time(units), data.length, original), ...data]),
    obsolete: (of: number, units: bigint, data: Uint8Array) =>
      block(2, [...u16(of, 0), ...u32(...time(units), data.length, data.length), ...data]),
    simple: (data: Uint8Array) => block(3, [...u32(data.length), ...data]),
  };
}

const [frame = new Uint8Array(), other = new Uint8Array()] = frames;
const little = blocks(true);
const file = Uint8Array.from([
  ...little.section(),
  ...little.interface(1),
  ...little.enhanced(0, SECONDS * 1_000_000n + 5n, frame),
  ...little.enhanced(0, SECONDS * 1_000_000n + 6n, other),
]);

describe.each([true, false])('little-endian %s', (littleEndian) => {
  const {
    section,
    interface: about,
    resolution,
    offset,
    enhanced,
    obsolete,
    simple,
    block,
  } = blocks(littleEndian);

  test('frames of several interfaces, each with its link type and its clock', () => {
    const bytes = Uint8Array.from([
      ...section(),
      ...about(1),
      ...about(101, { options: [...resolution(9), ...offset(1000)] }),
      ...about(1, { options: resolution(0x80 | 1) }),
      // Names, statistics, and what will be invented: nothing of frames.
      ...block(4, [0, 0, 0, 0]),
      ...enhanced(0, SECONDS * 1_000_000n + 7n, frame),
      ...enhanced(1, SECONDS * 1_000_000_000n + 7n, other, 1500),
      ...obsolete(2, SECONDS * 2n + 1n, frame),
      ...simple(other),
    ]);
    expect(isPcapng(bytes)).toBe(true);
    const read = readPcapng(bytes);
    expect(read.damage).toBeUndefined();
    expect(read.frames).toEqual([
      {
        index: 1,
        time: SECONDS * 1_000_000_000n + 7000n,
        data: frame,
        originalLength: frame.length,
        linkType: 1,
      },
      {
        index: 2,
        time: (SECONDS + 1000n) * 1_000_000_000n + 7n,
        data: other,
        originalLength: 1500,
        linkType: 101,
      },
      {
        index: 3,
        time: SECONDS * 1_000_000_000n + 500_000_000n,
        data: frame,
        originalLength: frame.length,
        linkType: 1,
      },
      { index: 4, time: 0n, data: other, originalLength: other.length, linkType: 1 },
    ]);
  });

  test('a section of the other byte order may follow', () => {
    const opposite = blocks(!littleEndian);
    const bytes = Uint8Array.from([
      ...section(),
      ...about(1),
      ...enhanced(0, 1n, frame),
      ...opposite.section(),
      ...opposite.interface(228),
      ...opposite.enhanced(0, 2n, other),
    ]);
    expect(readPcapng(bytes).frames.map(({ linkType }) => linkType)).toEqual([1, 228]);
  });
});

describe('damage is named, and what is before it is read', () => {
  const changed = (at: number, value: number): Uint8Array => {
    const bytes = file.slice();
    new DataView(bytes.buffer).setUint32(at, value, true);
    return bytes;
  };
  const first = 28 + 20;

  test.each([
    [file.slice(0, -1), 1, 'the file ends inside a block'],
    [file.slice(0, 10), 0, 'the file ends inside a block'],
    [changed(8, 0), 0, 'a section without a byte order'],
    [changed(first + 4, 10), 0, 'a block of 10 octets'],
    [changed(first + 8, 3), 0, 'a packet of interface 3, which is not described'],
    [changed(first + 20, 4000), 0, 'a packet that claims 4000 octets where 56 are'],
    [changed(28 + 16, 24), 0, 'a block that ends with another length than it begins with'],
  ])('case %#', (bytes, frames, why) => {
    const read = readPcapng(bytes);
    expect([read.frames.length, read.damage?.message]).toEqual([
      frames,
      expect.stringContaining(why),
    ]);
  });

  test('any octets are frames, or a damage that says where', () => {
    const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = file.slice();
        for (const [at, octet] of changes) bytes[at] = octet;
        const { frames: read } = readPcapng(bytes);
        for (const { data, originalLength } of read)
          expect(data.length).toBeLessThanOrEqual(originalLength);
      }),
      { numRuns: 1000 },
    );
  });
});
