import { describe, expect, test } from 'vitest';
import { endOf, has, opens, spaceOf, takesUp } from './segment.ts';

describe('a segment', () => {
  test.each([
    ['.', 0, 0],
    ['P.', 5, 5],
    ['S', 0, 1],
    ['F.', 0, 1],
    ['FP.', 5, 6],
    // A SYN may carry data (TCP Fast Open), and a test's both flags.
    ['S.', 7, 8],
    ['FS', 0, 2],
    ['R.', 0, 0],
    ['none', 3, 3],
  ])('%s with %i octets takes %i sequence numbers', (flags, length, space) => {
    expect(spaceOf({ flags, length })).toBe(space);
    expect(endOf({ flags, length, seq: 0xffff_ffff })).toBe((0xffff_ffff + space) % 2 ** 32);
  });

  test.each([
    ['S', true, false],
    ['SEW', true, false],
    ['S.', false, true],
    ['SP.', false, true],
    ['.', false, false],
    ['R', false, false],
    ['none', false, false],
  ])('%s opens a connection: %s, takes one up: %s', (flags, isOpening, isTakingUp) => {
    expect(opens({ flags })).toBe(isOpening);
    expect(takesUp({ flags })).toBe(isTakingUp);
    expect(has({ flags }, 'SYN')).toBe(isOpening || isTakingUp);
  });
});
