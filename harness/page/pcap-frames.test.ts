import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pcapFile, tcpFrame } from '../tcp/fixtures.ts';
import { PcapError, readPcap } from '../tcp/pcap.ts';
import { frameOf, linkTypeOf } from './pcap-frames.ts';

const frames = [tcpFrame({ seq: 1 }), new Uint8Array(0), tcpFrame({ seq: 2, payload: [1, 2, 3] })];

describe('a frame of a pcap file', () => {
  test.each([
    { nanoseconds: true, littleEndian: true },
    { nanoseconds: true, littleEndian: false },
    { nanoseconds: false, littleEndian: true },
    { nanoseconds: false, littleEndian: false },
  ])('by its number: %o', (kind) => {
    const pcap = pcapFile({ ...kind, linkType: 276, frames });
    expect(linkTypeOf(pcap)).toBe(276);
    expect([1, 2, 3].map((n) => [...frameOf(pcap, n)])).toEqual(frames.map((one) => [...one]));
  });

  test('is the one that the reader of whole files has', () => {
    const pcap = pcapFile({ frames });
    for (const { index, data } of readPcap(pcap).frames)
      expect([...frameOf(pcap, index)]).toEqual([...data]);
  });

  test.each([
    ['another number', pcapFile({ frames }), 4, 'there is no frame 4'],
    ['no number', pcapFile({ frames }), 0, 'there is no frame 4'],
    ['a cut file', pcapFile({ frames }).subarray(0, 60), 1, 'the file ends inside record 1'],
    [
      'a cut record header',
      pcapFile({ frames }).subarray(0, 30),
      1,
      'the file ends inside record 1',
    ],
    ['half a file header', new Uint8Array(10), 1, 'the file ends inside the file header'],
    ['no pcap file', new Uint8Array(24), 1, 'no pcap file: it starts with 0x00000000'],
  ])('is not there: %s', (_what, pcap, n, reason) => {
    expect(() => frameOf(pcap, n)).toThrow(reason);
  });

  test('of any octets is there, or a PcapError says why not', () => {
    const sound = pcapFile({ frames });
    const change = fc.tuple(fc.nat(sound.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), fc.integer({ min: 1, max: 5 }), (all, n) => {
        const pcap = Uint8Array.from(sound);
        for (const [at, octet] of all) pcap[at] = octet;
        try {
          expect(frameOf(pcap, n).length).toBeLessThanOrEqual(pcap.length);
        } catch (error) {
          expect(error).toBeInstanceOf(PcapError);
        }
      }),
    );
  });
});
