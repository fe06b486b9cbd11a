import { describe, expect, test } from 'vitest';
import { milliseconds } from './within.ts';

describe('a duration as labs write it', () => {
  test.each([
    ['250ms', 250],
    ['3s', 3000],
    ['1.5 s', 1500],
    ['2min', 120_000],
  ])('%s is %d ms', (text, ms) => {
    expect(milliseconds(text)).toBe(ms);
  });

  test.each(['', '3', 's', '3 hours', '-1s', '1e3s'])('%j is none', (text) => {
    expect(() => milliseconds(text)).toThrow(`'${text}' is not a duration (like 250ms, 3s, 2min)`);
  });
});
