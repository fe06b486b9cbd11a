import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { page as builtPage } from '../../cli/show/page.ts';
import { htmlOf, launch, open } from './browser.fixture.ts';
import { longRun } from './run.fixture.ts';

const PACKETS = 5000;
/** ms: what a reader waits for without wondering, on a machine that does other things as well. */
const OPENS = 5000;
const STEPS = 500;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

// Of a run's report it is half; the sentences, the quiz and the decoder of frames take most of it.
test('the page itself has at most 220 kB', async () => {
  const { script, style } = await builtPage();
  expect(Buffer.byteLength(script) + Buffer.byteLength(style)).toBeLessThan(220_000);
});

test(`a run of ${PACKETS} packets stays usable`, async () => {
  const html = await htmlOf(longRun(PACKETS));
  const before = performance.now();
  await using opened = await open(browser, html);
  const { page, troubles } = opened;
  await page.waitForSelector('.row.segment');
  const opens = performance.now() - before;
  const steps = await page.evaluate(stepping, 20);
  await page.locator('.ladder-box').evaluate((box) => {
    box.scrollTop = box.scrollHeight;
  });
  await page.waitForSelector('.row.segment:has-text("2500")');
  console.log(`${PACKETS} packets: opens in ${opens.toFixed(0)} ms, a step ${steps.toFixed(1)} ms`);
  expect(opens).toBeLessThan(OPENS);
  expect(steps).toBeLessThan(STEPS);
  expect(await page.locator('.row').count()).toBeLessThan(200);
  expect(troubles).toEqual([]);
});

/** Presses an arrow `times` times, in the page; ms from each to the next picture, on average. */
async function stepping(times: number): Promise<number> {
  const picture = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const before = performance.now();
  for (let n = 0; n < times; n++) {
    dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
    await picture();
  }
  return (performance.now() - before) / times;
}
