import { expect, test } from 'vitest';
import { WallClock, type Reading } from './wall-clock.ts';

/** One reading after the other: ns ahead, and seconds at which that was read. */
function clock(...readings: [ahead: number, s: number][]): WallClock {
  const left = readings.map(([ahead, s]): Reading => ({
    ahead: BigInt(ahead),
    t: BigInt(s * 1e9),
  }));
  return new WallClock(() => left.shift() ?? { ahead: 0n, t: 0n });
}

test('a clock that is led to the right time goes on being one', () => {
  // By a step of adjtime(3), and slowly.
  const led = clock([5e9, 0], [5e9 + 500_000, 0.001], [5e9 + 3_400_000, 1]);
  expect([led.ahead(), led.ahead()]).toEqual([5_000_500_000n, 5_003_400_000n]);
});

test.each([
  ['forward', 2_300_000, '2.300'],
  ['back', -3_600e9, '-3600000.000'],
])('one that is set %s is told of, once', (_way, by, ms) => {
  const set = clock([5e9, 0], [5e9 + by, 0.01], [5e9 + by, 0.02]);
  expect(() => set.ahead()).toThrow(`the wall clock was set, by ${ms} ms`);
  expect(set.ahead()).toBe(BigInt(5e9 + by));
});
