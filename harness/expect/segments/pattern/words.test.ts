import { expect, it, test } from 'vitest';
import { segments } from './segments.fixture.ts';
import type { Given } from './segments.fixture.ts';
import { describeDuration, describeFields } from './words.ts';

const described = (given: Given, bases?: Map<'server' | 'client', number>): string | undefined =>
  segments(given).map((carried) => describeFields(carried, bases))[0];

it("describes a segment's fields as the pattern language writes them, leaving out what is usual", () => {
  const timestamps = { value: 1, echo: 0 };
  const options = { mss: 1460, sackPermitted: true as const, windowScale: 7, timestamps };
  expect(described({ flags: 'S', seq: 123, options })).toBe('seq=123 mss=1460 sackOK wscale=7');
  expect(described({ from: 'server', flags: 'R.', ack: 124, window: 0 })).toBe(
    'seq=0 ack=124 win=0',
  );
  expect(described({ flags: 'P.', seq: 1, ack: 9, length: 5 })).toBe('seq=1 ack=9 len=5');
});

it('adds relative numbers, on the circle, where it knows from where to count', () => {
  const bases = new Map([['client', 2 ** 32 - 1] as const, ['server', 100] as const]);
  expect(described({ seq: 0, ack: 99 }, bases)).toBe('seq=0 [1] ack=99 [-1]');
  expect(described({ seq: 0, ack: 99 }, new Map())).toBe('seq=0 ack=99');
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
