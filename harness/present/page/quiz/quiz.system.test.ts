/** The report played as a quiz, in a real browser. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { htmlOf, launch, open } from '../browser.fixture.ts';
import { parseEvents } from '../../../evidence/schema.ts';
import { closingRun } from '../run.fixture.ts';

let browser: Browser;
let html: string;
beforeAll(async () => {
  [browser, html] = await Promise.all([launch(), htmlOf(closingRun())]);
});
afterAll(() => browser.close());

const panel = (page: Page) => page.locator('.quiz');
/** All that a reader could read. */
const text = (page: Page): Promise<string> => page.locator('body').innerText();

test('stops before each segment, hides what comes later, and tells why', async () => {
  const stored = await readFile(
    new URL('../../../quiz/stored/predicted-handshake.ndjson', import.meta.url),
  );
  const handshake = { events: parseEvents(stored.toString()), pcaps: closingRun().pcaps };
  await using opened = await open(browser, await htmlOf(handshake));
  const { page, troubles } = opened;
  await page.getByRole('button', { name: 'Quiz' }).click();
  expect(await panel(page).textContent()).toContain('In which states are the two ends');
  expect(await page.locator('.row.segment').count()).toBe(1);
  for (const later of ['SYN+ACK', 'the ACK reaches the server', 'accept c = 4'])
    expect(await text(page)).not.toContain(later);
  expect(await page.locator('[role=tab]').count()).toBe(0);
  const choice = (name: string | RegExp) => panel(page).getByRole('button', { name });
  await choice('server SYN-RECEIVED, client SYN-SENT').click();
  expect(await panel(page).textContent()).toContain('What does the server send next');
  await page.keyboard.press('2');
  const told = await panel(page).textContent();
  expect(told).toContain('right: server SYN-RECEIVED, client SYN-SENT');
  expect(told).toContain('not SYN+ACK seq=y ack=x, but SYN+ACK seq=y ack=x+1');
  expect(told).toContain('Misconception: ');
  expect(told).toContain('1 of 2 right');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  expect(await panel(page).textContent()).toContain('1 skipped');
  expect(await page.locator('[aria-live=polite]').count()).toBe(1);
  expect(troubles).toEqual([]);
});

test('ends with the score and the misconceptions; Escape leaves', async () => {
  await using opened = await open(browser, html);
  const { page } = opened;
  await page.getByRole('button', { name: 'Quiz' }).click();
  for (let n = 0; n < 40 && !(await text(page)).includes('The run is over'); n++)
    await page.keyboard.press((await page.locator('.quiz .choices').count()) > 0 ? '1' : 'Enter');
  expect(await panel(page).textContent()).toMatch(/The run is over: \d of \d+ right/);
  expect(await panel(page).textContent()).toContain('Misconception: ');
  expect(await page.locator('.row.segment').count()).toBe(5);
  await page.keyboard.press('Escape');
  expect(await panel(page).count()).toBe(0);
  expect(await page.locator('[role=tab]').count()).toBe(4);
});

test('speaks Chinese, in the dark, on a phone', async () => {
  await using opened = await open(browser, await htmlOf(closingRun(), { language: 'zh' }));
  const { page } = opened;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('button', { name: '测验' }).click();
  expect(await panel(page).textContent()).toContain('接下来在这个连接上发送什么');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.keyboard.press('3');
  expect(await panel(page).textContent()).toContain('RFC 9293 3.5');
});
