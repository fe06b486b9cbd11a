import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { internetChecksum } from './checksum.ts';
import { decodeFrame } from './decode.ts';
import { encodeFrame, type Outgoing } from './encode.ts';
import { endpoint, injected, LINK } from './injected.fixture.ts';
import { parseInjected } from './injected.ts';
import { tcpFrame } from './frames.fixture.ts';

const from = { address: '10.0.0.1', port: 40_001 };
const to = { address: '10.0.0.2', port: 6000 };
const plain: Outgoing = parseInjected('. seq=1');

describe('the Internet checksum', () => {
  test('of the example in RFC 1071 section 3', () => {
    const data = [0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7];
    expect(internetChecksum(Uint8Array.from(data))).toBe(~0xddf2 & 0xffff);
  });

  test('of an odd number of octets, and of none', () => {
    expect(internetChecksum(Uint8Array.of(1, 2, 3))).toBe(~(0x0102 + 0x0300) & 0xffff);
    expect(internetChecksum(Uint8Array.of())).toBe(0xffff);
  });

  test('carries round until nothing is left to carry', () => {
    expect(internetChecksum(new Uint8Array(65_536).fill(0xff))).toBe(0);
  });

  test('is 0 over data that holds it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 3000 }), (data) => {
        data.set([0, 0]);
        const sum = internetChecksum(data);
        data.set([sum >> 8, sum & 0xff]);
        expect(internetChecksum(data)).toBe(0);
      }),
    );
  });
});

describe('a frame', () => {
  test('has the octets of one built by hand, checksums and identification aside', () => {
    const blank = (frame: Uint8Array): string => {
      const copy = Buffer.from(frame);
      for (const at of [18, 20, 24, 50]) copy.writeUInt16BE(0, at);
      return copy.toString('hex');
    };
    expect(blank(encodeFrame(LINK, from, to, plain))).toBe(blank(tcpFrame()));
  });

  test('is decoded as what was injected', () => {
    fc.assert(
      fc.property(injected, endpoint, endpoint, (text, src, dst) => {
        const outgoing = parseInjected(text);
        const frame = encodeFrame(LINK, src, dst, outgoing);
        expect(decodeFrame(frame, 1)).toEqual({
          ether: { ...LINK, type: 0x0800 },
          kind: 'tcp',
          segment: {
            src,
            dst,
            ...asDecoded(outgoing),
            ip: { id: 0, ttl: 64, length: frame.length - 14 },
          },
        });
      }),
    );
  });

  test('holds the most that an Internet packet can', () => {
    const options = { mss: 1, windowScale: 2, sackPermitted: true as const };
    const segment = { ...parseInjected('. len=65455'), options };
    expect(decodeFrame(encodeFrame(LINK, from, to, segment), 1)).toMatchObject({
      segment: { length: 65_455, options },
    });
  });

  test.each([
    ['flags', { ...plain, flags: 'SA' }, "'SA' are not flags"],
    ['a number', { ...plain, seq: 2 ** 32 }, 'out of range'],
    ['a window below 0', { ...plain, window: -1 }, 'out of range'],
    ['half a window', { ...plain, window: 0.5 }, 'out of range'],
  ])('is not made of %s that do not exist', (_what, segment, message) => {
    expect(() => encodeFrame(LINK, from, to, segment)).toThrow(message);
  });
});

/** A segment in the terms of `Segment`, its ends and its Internet header aside. */
function asDecoded({ flags, seq, ack, window, options, payload }: Outgoing) {
  const octets = Buffer.from(payload);
  return {
    flags,
    seq,
    ...(flags.includes('.') ? { ack } : {}),
    window,
    length: octets.length,
    options,
    ...(octets.length > 0 ? { payload: octets.toString('hex') } : {}),
  };
}
