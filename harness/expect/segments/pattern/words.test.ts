import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { segments, verdict } from './segments.fixture.ts';
import type { Given } from './segments.fixture.ts';
import { describeDuration, describeSegment } from './words.ts';

const described = (given: Given, bases?: Map<'server' | 'client', number>): string | undefined =>
  segments(given).map((carried) => describeSegment(carried, bases))[0];

it('describes a segment in the pattern language, leaving out what is usual', () => {
  const timestamps = { value: 1, echo: 0 };
  const options = { mss: 1460, sackPermitted: true as const, windowScale: 7, timestamps };
  expect(described({ flags: 'S', seq: 123, options })).toBe(
    'client > server  S  seq=123 mss=1460 sackOK wscale=7',
  );
  expect(described({ from: 'server', flags: 'R.', ack: 124, window: 0 })).toBe(
    'server > client  R.  seq=0 ack=124 win=0',
  );
  expect(described({ flags: 'P.', seq: 1, ack: 9, length: 5 })).toBe(
    'client > server  P.  seq=1 ack=9 len=5',
  );
});

it('adds relative numbers, on the circle, where it knows from where to count', () => {
  const bases = new Map([['client', 2 ** 32 - 1] as const, ['server', 100] as const]);
  expect(described({ seq: 0, ack: 99 }, bases)).toBe('client > server  .  seq=0 [1] ack=99 [-1]');
  expect(described({ seq: 0, ack: 99 }, new Map())).toBe('client > server  .  seq=0 ack=99');
});

it('writes what can be pasted into a pattern and matches that segment', () => {
  const number = fc.nat(2 ** 32 - 1);
  const given = fc.record({
    from: fc.constantFrom('server' as const, 'client' as const),
    flags: fc.constantFrom('S', 'S.', '.', 'P.', 'FP.', 'R', 'none'),
    seq: number,
    ack: number,
    window: fc.nat(65535),
    length: fc.nat(1460),
    options: fc.record(
      {
        mss: fc.nat(65535),
        windowScale: fc.nat(14),
        sackPermitted: fc.constant(true as const),
        sack: fc.constant([[1, 2]] as [number, number][]),
      },
      { requiredKeys: [] },
    ),
  });
  fc.assert(
    fc.property(given, (given) => {
      expect(verdict(described(given) ?? '', segments(given), { anchored: true })).toBe('met');
    }),
  );
});

test.each([
  [0, '0 ms'],
  [40_123_456, '40.123 ms'],
  [1e9, '1 s'],
  [1.0136e9, '1.0136 s'],
  [131e9, '131 s'],
])('%i ns is %s', (ns, text) => {
  expect(describeDuration(ns)).toBe(text);
});
