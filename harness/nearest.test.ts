import { expect, test } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

test('counts insertions, deletions and replacements', () => {
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(editDistance('', 'abc')).toBe(3);
  expect(editDistance('abc', 'abc')).toBe(0);
});

test('knows what was meant, and when nothing was', () => {
  const labs = ['bind', 'bind-restart', 'time-wait'];
  expect(nearest('timewait', labs)).toBe('time-wait');
  expect(nearest('bnid', labs)).toBe('bind');
  expect(nearest('bind-restrat', labs)).toBe('bind-restart');
  expect(nearest('handshake', labs)).toBeUndefined();
});
