import { describe, expect, test } from 'vitest';
import { isAbout } from './tolerance.ts';

describe('a time that the kernel keeps', () => {
  test.each([
    [59_300, false],
    [59_400, true],
    [60_000, true],
    [68_000, true],
    [68_100, false],
  ])('%d ms about 60 s: %s', (ms, fits) => {
    expect(isAbout(60_000, ms)).toBe(fits);
  });

  test('a short one has room for a busy machine, late but not early', () => {
    expect(isAbout(200, 470)).toBe(true);
    expect(isAbout(200, 480)).toBe(false);
    expect(isAbout(200, 190)).toBe(false);
  });

  test('known to lie between two times, it may be anywhere there', () => {
    expect(isAbout(60_000, 58_000, 59_500)).toBe(true);
    expect(isAbout(60_000, 58_000, 59_000)).toBe(false);
    expect(isAbout(60_000, 69_000, 80_000)).toBe(false);
  });
});
