import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InjectError, parseInjected } from './injected.ts';

const nothing = { seq: 0, ack: 0, window: 64_240, options: {}, payload: Buffer.alloc(0) };

describe('a segment', () => {
  test('says its flags at least', () => {
    expect(parseInjected('S')).toEqual({ ...nothing, flags: 'S' });
    expect(parseInjected(' none ')).toEqual({ ...nothing, flags: 'none' });
  });

  test('has numbers and options', () => {
    expect(
      parseInjected('S. seq=1 ack=2 win=3 mss=4 wscale=5 tsval=6 tsecr=7 sackOK len=2'),
    ).toEqual({
      flags: 'S.',
      seq: 1,
      ack: 2,
      window: 3,
      options: {
        mss: 4,
        windowScale: 5,
        sackPermitted: true,
        timestamps: { value: 6, echo: 7 },
      },
      payload: Buffer.from('xx'),
    });
    expect(parseInjected('. tsecr=7').options).toEqual({ timestamps: { value: 0, echo: 7 } });
  });

  test('carries a text, blanks, hashes and equal signs included', () => {
    const { flags, payload } = parseInjected('P. seq=1 "a  seq=2 #\\n"');
    expect([flags, payload.toString()]).toEqual(['P.', 'a  seq=2 #\\n']);
    expect(parseInjected('P.""').payload).toHaveLength(0);
  });

  test('has numbers modulo 2^32', () => {
    expect(parseInjected('R seq=-1').seq).toBe(0xffff_ffff);
    expect(parseInjected('. ack=4294967299').ack).toBe(3);
    fc.assert(
      fc.property(fc.maxSafeInteger(), (number) => {
        const { seq, options } = parseInjected(`S seq=${number} tsval=${number}`);
        expect((BigInt(number) - BigInt(seq)) % (1n << 32n)).toBe(0n);
        expect(seq).toBeGreaterThanOrEqual(0);
        expect(seq).toBeLessThan(2 ** 32);
        expect(options.timestamps?.value).toBe(seq);
      }),
    );
  });
});

test.each([
  ['', 'it says nothing: the flags come first: S, S., ., P., F., R, R. or none'],
  ['seq=1', '"seq=1" are not flags: the flags come first: S, S., ., P., F., R, R. or none'],
  ['SA seq=1', '"SA" are not flags: the flags come first: S, S., ., P., F., R, R. or none'],
  ['.S', '".S" is not as tcpdump prints these flags: write S.'],
  ['SS', '"SS" is not as tcpdump prints these flags: write S'],
  ['S length=1', 'there is no field "length=1": fields are seq=, ack='],
  ['S sackOK=1', 'there is no field "sackOK=1": fields are'],
  ['S constructor=1', 'there is no field "constructor=1": fields are'],
  ['S seq', 'seq has no value: write seq=, any integer'],
  ['S seq=', '"seq=" is not a number: seq is any integer'],
  ['S seq=x+1', '"seq=x+1" is not a number: seq is any integer'],
  ['S seq=1e+21', '"seq=1e+21" is not a number: seq is any integer'],
  ['S seq=undefined', '"seq=undefined" is not a number: seq is any integer'],
  ['S mss=1.5', '"mss=1.5" is not a number: mss is an integer from 0 to 65535'],
  ['S win=65536', '"win=65536" does not fit: win is an integer from 0 to 65535'],
  ['S wscale=-1', '"wscale=-1" does not fit: wscale is an integer from 0 to 255'],
  ['P. len=65456', '"len=65456" does not fit: len is an integer from 0 to 65455'],
  ['S seq=1 seq=1', 'seq stands there twice: write it once'],
  ['S sackOK sackOK', 'sackOK stands there twice: write it once'],
  ['R seq=1 ack=2', 'ack= says nothing without the ACK flag: write R., or leave ack= out'],
  ['none ack=2', 'ack= says nothing without the ACK flag: write ., or leave ack= out'],
  ['P. len=1 "x"', 'both len= and a text: write one of them'],
  ['P. "x" seq=1', 'its quotes do not fit: one text in double quotes, at the end'],
  ['P. "x', 'its quotes do not fit: one text in double quotes, at the end'],
  ['P. "é"', 'its text holds "é": only printable ASCII can be sent'],
  ['P. "a\nb"', 'its text holds "\\n": only printable ASCII can be sent'],
])('%j is refused', (text, message) => {
  expect(() => parseInjected(text)).toThrow(InjectError);
  expect(() => parseInjected(text)).toThrow(message);
});

test('a refusal is one line that begins with the text', () => {
  const refusal = /^injected segment 'S 1 "2': its quotes do not fit: .*$/;
  expect(() => parseInjected('  S\n 1 "2 ')).toThrow(refusal);
});
