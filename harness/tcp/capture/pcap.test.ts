import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pcapFile, START, tcpFrame } from '../frame/frames.fixture.ts';
import { openPcap, PcapError, PcapReader, readPcap, type Frame } from './pcap.ts';

const frames = [
  tcpFrame(),
  tcpFrame({ payload: [1, 2, 3] }),
  new Uint8Array(0),
  tcpFrame({ seq: 9 }),
];
const file = pcapFile({ frames });
const damagedAt = (offset: number, value: number, bytes = file) => {
  const damaged = bytes.slice();
  new DataView(damaged.buffer).setUint32(offset, value, true);
  return damaged;
};

/** Everything that reading `bytes` in `chunks` gives: the frames and how it ended. */
function outcome(
  bytes: Uint8Array,
  cuts: readonly number[],
): { frames: Frame[]; error?: PcapError } {
  const reader = new PcapReader();
  const read: Frame[] = [];
  try {
    const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
    edges.sort((a, b) => a - b);
    for (const [at, edge] of edges.slice(1).entries()) {
      read.push(...reader.push(bytes.slice(edges[at], edge)));
    }
    reader.end();
    return { frames: read };
  } catch (error) {
    if (error instanceof PcapError) return { frames: read, error };
    throw error;
  }
}

describe('what is read', () => {
  test.each([
    { nanoseconds: false, littleEndian: true, unit: 1000n },
    { nanoseconds: false, littleEndian: false, unit: 1000n },
    { nanoseconds: true, littleEndian: true, unit: 1n },
    { nanoseconds: true, littleEndian: false, unit: 1n },
  ])('nanoseconds $nanoseconds, little-endian $littleEndian', ({ unit, ...kind }) => {
    const read = readPcap(pcapFile({ ...kind, linkType: 276, frames }));
    expect(read.linkType).toBe(276);
    expect(read.frames).toEqual(
      frames.map((data, at) => ({
        index: at + 1,
        time: BigInt(START.seconds + at) * 1_000_000_000n + BigInt(START.fraction + at) * unit,
        data,
        originalLength: data.length,
      })),
    );
  });

  test('a frame that a snap length cut keeps its original length', () => {
    const [frame] = readPcap(damagedAt(24 + 12, 1500)).frames;
    expect(frame).toMatchObject({ originalLength: 1500, data: frames[0] });
  });

  test('the link type is known as soon as the file header is there', () => {
    const reader = new PcapReader();
    expect(reader.push(file.slice(0, 23))).toEqual([]);
    expect(reader.linkType).toBeUndefined();
    reader.push(file.slice(23, 24));
    expect(reader.linkType).toBe(1);
  });

  test('what the file header says of frame checksums is no part of the link type', () => {
    expect(readPcap(damagedAt(20, 0x2400_0001)).linkType).toBe(1);
  });

  test('a frame comes with its last octet', () => {
    const reader = new PcapReader();
    const end = 24 + 16 + tcpFrame().length;
    expect(reader.push(file.slice(0, end - 1))).toEqual([]);
    expect(reader.push(file.slice(end - 1, end))).toHaveLength(1);
    expect(() => {
      reader.end();
    }).not.toThrow();
  });

  test('the caller may reuse its buffer', () => {
    const reader = new PcapReader();
    const buffer = file.slice(0, 60);
    reader.push(buffer);
    buffer.fill(0xff);
    expect(reader.push(file.slice(60))).toEqual(readPcap(file).frames);
  });

  test('also one whose slices are views of it', () => {
    const buffer = Buffer.from(file);
    const read = new PcapReader().push(buffer);
    buffer.fill(0xff);
    expect(read).toEqual(readPcap(file).frames);
  });
});

describe('what is refused', () => {
  test.each([
    [new Uint8Array(0), 0, 'pcap, octet 0: the file ends inside the file header'],
    [file.slice(0, 10), 10, 'pcap, octet 10: the file ends inside the file header'],
    [file.slice(0, 30), 30, 'pcap, octet 30: the file ends inside record 1'],
    [
      file.slice(0, -1),
      file.length - 1,
      `pcap, octet ${file.length - 1}: the file ends inside record 4`,
    ],
    [
      damagedAt(24 + 8, 0xffff_ffff),
      24,
      'pcap, octet 24: record 1 claims 4294967295 octets, more than 262144',
    ],
    [damagedAt(24 + 12, 5), 24, 'pcap, octet 24: record 1 kept 54 octets of a frame of 5'],
    [
      damagedAt(24 + 4, 1_000_000),
      24,
      'pcap, octet 24: record 1 has 1000000 parts of a second that has 1000000',
    ],
    [damagedAt(0, 0), 0, 'pcap, octet 0: no pcap file: it starts with 0x00000000'],
    [
      damagedAt(0, 0x0a0d0d0a),
      0,
      'pcap, octet 0: this is pcapng; `editcap -F pcap` makes a pcap of it',
    ],
    [damagedAt(0, 0x00088b1f), 0, 'pcap, octet 0: this is compressed: `gunzip` unpacks it'],
    [damagedAt(0, 0xfd2fb528), 0, 'pcap, octet 0: this is compressed: `unzstd` unpacks it'],
    [
      damagedAt(0, 0x6f6f6e73),
      0,
      'pcap, octet 0: this is snoop; `editcap -F pcap` makes a pcap of it',
    ],
    [damagedAt(4, 3), 4, 'pcap, octet 4: file format version 3, not 2'],
  ])('case %#', (bytes, offset, message) => {
    const refused = expect(() => readPcap(bytes));
    refused.toThrow(PcapError);
    refused.toThrow(expect.objectContaining({ offset, message }));
  });

  test('damage is final, whatever becomes of the buffer', () => {
    const reader = new PcapReader();
    const buffer = damagedAt(0, 0);
    expect(() => reader.push(buffer)).toThrow('it starts with 0x00000000');
    buffer.set(file);
    expect(() => reader.push(new Uint8Array(0))).toThrow('it starts with 0x00000000');
  });

  test('frames before the damage are read first, and the damage is final', () => {
    const second = 24 + 16 + tcpFrame().length;
    const reader = new PcapReader();
    expect(reader.push(damagedAt(second + 8, 0xffff_ffff))).toHaveLength(1);
    const message = `pcap, octet ${second}: record 2 claims 4294967295 octets, more than 262144`;
    expect(() => reader.push(new Uint8Array(0))).toThrow(message);
    expect(() => reader.push(file)).toThrow(message);
    expect(() => {
      reader.end();
    }).toThrow(message);
  });
});

describe('any input', () => {
  const cuts = fc.array(fc.nat({ max: 2000 }), { maxLength: 20 });

  test('is a PcapError or frames, the same however it is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), cuts, (noise, headed, at) => {
        const bytes = headed ? Uint8Array.from([...file.slice(0, 24), ...noise]) : noise;
        expect(outcome(bytes, at)).toEqual(outcome(bytes, []));
      }),
    );
  });

  test('damage to a sound file is found or changes only what it touches', () => {
    const damage = fc.tuple(fc.nat({ max: file.length - 1 }), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), cuts, (octets, at) => {
        const bytes = file.slice();
        for (const [where, value] of octets) bytes[where] = value;
        const whole = outcome(bytes, []);
        expect(outcome(bytes, at)).toEqual(whole);
        if (!whole.error) {
          const length = whole.frames.reduce((sum, { data }) => sum + 16 + data.length, 24);
          expect(length).toBe(file.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('one octet at a time gives what the whole file gives', () => {
    const everywhere = [...file.keys()];
    expect(outcome(file, everywhere)).toEqual({ frames: readPcap(file).frames });
  });
});

describe('one frame', () => {
  test.each([
    { nanoseconds: true, littleEndian: true },
    { nanoseconds: true, littleEndian: false },
    { nanoseconds: false, littleEndian: true },
    { nanoseconds: false, littleEndian: false },
  ])('by its number: %o', (kind) => {
    const pcap = pcapFile({ ...kind, linkType: 276, frames });
    const { frame } = openPcap(pcap);
    expect(frames.map((_, at) => frame(at + 1))).toEqual(
      frames.map((octets) => ({ linkType: 276, octets, cut: 0 })),
    );
  });

  test('is the one that the reader of whole files has', () => {
    for (const { index, data } of readPcap(file).frames)
      expect(openPcap(file).frame(index).octets).toEqual(data);
  });

  test.each([
    ['another number', file, 5, 'there is no frame 5'],
    ['no number', file, 0, 'there is no frame 0'],
    ['a cut file', file.subarray(0, 60), 1, 'the file ends inside record 1'],
    ['a cut record header', file.subarray(0, 30), 1, 'the file ends inside record 1'],
    ['half a file header', new Uint8Array(10), 1, 'the file ends inside the file header'],
    ['no pcap file', new Uint8Array(24), 1, 'no pcap file: it starts with 0x00000000'],
  ])('is not there: %s', (_what, pcap, n, reason) => {
    expect(() => openPcap(pcap).frame(n)).toThrow(reason);
  });

  test('before the damage is there, one behind it is not', () => {
    const second = 24 + 16 + tcpFrame().length;
    const { frame } = openPcap(damagedAt(second + 8, 0xffff_ffff));
    expect(frame(1).octets).toEqual(frames[0]);
    expect(() => frame(2)).toThrow('record 2 claims 4294967295 octets');
  });

  test('of any octets is there, or a PcapError says why not', () => {
    const sound = file;
    const change = fc.tuple(fc.nat(sound.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), fc.integer({ min: 1, max: 6 }), (all, n) => {
        const pcap = Uint8Array.from(sound);
        for (const [at, octet] of all) pcap[at] = octet;
        try {
          expect(openPcap(pcap).frame(n).octets.length).toBeLessThanOrEqual(pcap.length);
        } catch (error) {
          expect(error).toBeInstanceOf(PcapError);
        }
      }),
    );
  });
});
