import { expect, test } from 'vitest';
import { inParallel } from './in-parallel.ts';

test('never more than the limit at once, results in the order of the items', async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel([30, 1, 20, 2, 5], 2, async (ms) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, ms));
    running--;
    return ms * 2;
  });
  expect(results).toEqual([60, 2, 40, 4, 10]);
  expect(most).toBe(2);
});
