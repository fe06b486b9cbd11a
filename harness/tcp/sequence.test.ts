import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, after, before, diff } from './sequence.ts';

const sequence = fc.integer({ min: 0, max: 0xffff_ffff });

test('numbers wrap at 2^32 in both directions', () => {
  expect(add(0xffff_ffff, 1)).toBe(0);
  expect(add(0, -1)).toBe(0xffff_ffff);
  expect(add(0xffff_fff0, 0x20)).toBe(0x10);
  expect(diff(0x10, 0xffff_fff0)).toBe(0x20);
  expect(diff(0xffff_fff0, 0x10)).toBe(-0x20);
});

test('before and after look the shorter way round', () => {
  expect(before(0xffff_ffff, 0)).toBe(true);
  expect(after(0, 0xffff_ffff)).toBe(true);
  expect(before(0, 0x7fff_ffff)).toBe(true);
  expect(before(0, 0x8000_0001)).toBe(false);
  expect(before(7, 7)).toBe(false);
  expect(after(7, 7)).toBe(false);
});

test('diff undoes add, and stays a sequence number', () => {
  const step = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });
  fc.assert(
    fc.property(sequence, step, (from, octets) => {
      const to = add(from, octets);
      expect(to).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(0xffff_ffff);
      expect(diff(to, from)).toBe(octets);
      expect(after(to, from)).toBe(octets > 0 || octets === -0x8000_0000);
    }),
  );
});
