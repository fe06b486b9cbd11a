import { expect, test } from 'vitest';
import { monotonic } from '../sys/clock.ts';
import type { Notice } from './protocol.ts';
import { Sampler } from './sampler.ts';

test('what the kernel has sent is told of after ss has looked, and before the sample ends', async () => {
  const samples: (Notice & { notice: 'sample' })[] = [];
  const settled: bigint[] = [];
  const sampler = new Sampler(
    (notice) => {
      if (notice.notice === 'sample') samples.push(notice);
    },
    () => {
      expect(samples).toEqual([]);
      settled.push(monotonic());
    },
  );
  await sampler.demand();
  await sampler.stop();
  const [sample] = samples;
  expect(samples).toHaveLength(1);
  expect(settled).toHaveLength(1);
  expect(settled[0]).toBeGreaterThan(BigInt(sample?.began ?? 0));
  expect(settled[0]).toBeLessThanOrEqual(BigInt(sample?.ended ?? 0));
});
