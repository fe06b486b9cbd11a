import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { htmlOf, launch, open } from './browser.fixture.ts';
import { closingRun, HOSTILE, longRun, matrixRun, queueRun } from './run.fixture.ts';

let browser: Browser;
let html: string;
const run = closingRun();
beforeAll(async () => {
  [browser, html] = await Promise.all([launch(), htmlOf(run)]);
});
afterAll(() => browser.close());

test('renders from disk: no error, and no request but for itself', async () => {
  await using opened = await open(browser, html);
  const { page, troubles, requests } = opened;
  expect(await page.locator('h1').textContent()).toBe(`The client closes ${HOSTILE}`);
  expect(await page.locator('.row.segment').count()).toBe(5);
  expect(await page.locator('.turns li').allTextContents()).toContainEqual(
    expect.stringContaining('clientFIN-WAIT-1sends FIN+ACK (segment 4)'),
  );
  expect(troubles).toEqual([]);
  expect(requests).toEqual([expect.stringMatching(/^file:.*report\.html$/)]);
});

test('no text of a run becomes part of the page', async () => {
  await using opened = await open(browser, html);
  expect(await opened.page.evaluate(() => 'broken' in window)).toBe(false);
  expect(await opened.page.locator('img').count()).toBe(0);
  expect(html).not.toContain(HOSTILE);
});

test('the policy stops a script that somebody has put in', async () => {
  const foreign = '<script>window.foreign = 1</script></body>';
  await using opened = await open(browser, html.replace('</body>', foreign));
  expect(await opened.page.evaluate(() => 'foreign' in window)).toBe(false);
  expect(opened.troubles.join()).toMatch(/Content Security Policy/);
});

describe('stepping', () => {
  test('with the arrows, and back to the whole run', async () => {
    await using opened = await open(browser, html);
    const { page } = opened;
    const clock = page.locator('.clock');
    expect(await clock.textContent()).toContain('all events');
    await page.keyboard.press('ArrowRight');
    const first = await clock.textContent();
    expect(first).toContain('1 / ');
    await page.keyboard.press('ArrowRight');
    expect(await clock.textContent()).toContain('2 / ');
    expect(await page.locator('.row.chosen').count()).toBe(1);
    expect(await page.locator('.row.later').count()).toBeGreaterThan(3);
    await page.keyboard.press('ArrowLeft');
    expect(await clock.textContent()).toBe(first);
    await page.keyboard.press('Escape');
    expect(await page.locator('.row.later').count()).toBe(0);
  });

  test('as fast as keys come', async () => {
    await using opened = await open(browser, html);
    const clock = await opened.page.evaluate(() => {
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft'])
        dispatchEvent(new KeyboardEvent('keydown', { key }));
      return new Promise<string>((resolve) => {
        requestAnimationFrame(() => {
          resolve(document.querySelector('.clock')?.textContent ?? '');
        });
      });
    });
    expect(clock).toContain('2 / ');
  });

  test('space plays on by itself, and pauses', async () => {
    await using opened = await open(browser, html);
    const { page } = opened;
    await page.keyboard.press(' ');
    await page.waitForSelector('.clock:has-text("2 / ")');
    await page.keyboard.press(' ');
    expect(await page.locator('.play').getAttribute('aria-label')).toBe('Play');
  });

  test('a link leads to an event, or to a moment', async () => {
    const fin = run.events.findIndex(
      (event) => event.type === 'packet' && event.segment?.flags === 'F.',
    );
    await using byEvent = await open(browser, html, `#e=${fin}`);
    expect(await byEvent.page.locator('.row.chosen .flags').textContent()).toBe('FIN+ACK');
    await using byTime = await open(browser, html, '#t=0.035');
    expect(await byTime.page.locator('.clock').textContent()).toContain('0.03');
    expect(await byTime.page.locator('.row.segment.later').count()).toBe(2);
  });
});

test('an expectation marks the very events that met it, in every view', async () => {
  await using opened = await open(browser, html);
  const { page } = opened;
  await page.getByRole('tab', { name: 'Checks' }).click();
  await page.locator('[data-expectation="1"]').click();
  expect(await page.locator('.row.marked .flags').allTextContents()).toEqual(['FIN+ACK']);
  expect(await page.locator('.arrow.marked').count()).toBe(1);
  await page.getByRole('tab', { name: 'Events' }).click();
  expect(await page.locator('tr.marked').count()).toBe(2);
  await page.getByRole('tab', { name: 'Checks' }).click();
  await page.locator('[data-expectation="1"]').click();
  expect(await page.locator('.marked').count()).toBe(0);
});

test('a failed expectation shows expected against seen, with the near miss', async () => {
  await using opened = await open(browser, html);
  const failure = opened.page.locator('.expectations .failure');
  expect(await failure.locator('.expected').textContent()).toContain('server in LAST-ACK');
  expect(await failure.locator('.seen').textContent()).toContain('CLOSE-WAIT');
  expect(await failure.locator('pre').textContent()).toContain('state CLOSE-WAIT, not LAST-ACK');
});

describe.each([
  [1400, 900],
  [1920, 1080],
])('the window, %i x %i', (width, height) => {
  test('is filled, and nothing of it lies outside', async () => {
    await using opened = await open(browser, html);
    const { page } = opened;
    await page.setViewportSize({ width, height });
    expect(await page.evaluate(extent)).toEqual({ width, height });
    for (const part of ['.masthead', '.transport', '.diagrams', '.ladder-box', '.side'])
      expect(await page.locator(part).evaluate(bottom)).toBeLessThanOrEqual(height);
    expect(await page.locator('.masthead').evaluate((line) => line.clientHeight)).toBeLessThan(60);
  });

  test('shows each row in its turn, and what it opens to', async () => {
    await using opened = await open(browser, await htmlOf(longRun(80)));
    const { page } = opened;
    await page.setViewportSize({ width, height });
    const ways = { ArrowRight: [] as string[], ArrowLeft: [] as string[] };
    for (const [key, places] of Object.entries(ways)) {
      for (;;) {
        await page.keyboard.press(key);
        const place = (await page.locator('.clock small').textContent()) ?? '';
        if (place === 'all events' || place === places.at(-1)) break;
        places.push(place);
        const { y, bottom: end } = await page.locator('.row.chosen').first().evaluate(extentOf);
        expect(y).toBeGreaterThan(80);
        expect(end).toBeLessThanOrEqual(height);
        expect(await page.locator('.inspector').evaluate(bottom)).toBeLessThanOrEqual(height);
      }
    }
    expect(ways.ArrowRight.length).toBeGreaterThan(30);
    expect(ways.ArrowLeft).toEqual(ways.ArrowRight.toReversed());
  });
});

test('on a phone one column, and nothing to the side of it', async () => {
  await using opened = await open(browser, html);
  const { page } = opened;
  await page.setViewportSize({ width: 390, height: 844 });
  expect((await page.evaluate(extent)).width).toBe(390);
});

/** Of the whole page, px. */
const extent = (): { width: number; height: number } => {
  const { scrollWidth: width, scrollHeight: height } = document.documentElement;
  return { width, height };
};

const extentOf = (element: Element): { y: number; bottom: number } => {
  const { y, bottom } = element.getBoundingClientRect();
  return { y, bottom };
};

const bottom = (element: Element): number => element.getBoundingClientRect().bottom;

test('draws the accept queue, and where SYNs are dropped', async () => {
  await using opened = await open(browser, await htmlOf(queueRun()));
  const { page } = opened;
  const queue = page.locator('.queues .queue');
  expect(await queue.textContent()).toContain('accept queue of port 6000 2 of 2 full');
  expect(await queue.locator('.taken').allTextContents()).toEqual(['7000', '7001']);
  expect(await queue.textContent()).toContain('dropped, since it was full: 2');
  expect(await page.locator('.row.queue').allTextContents()).toEqual([
    expect.stringContaining('accept queue: 0 of 2'),
    expect.stringContaining('accept queue: 1 of 2'),
    expect.stringContaining('accept queue: 2 of 2 full'),
  ]);
  expect(await page.locator('.row.segment .fate').allTextContents()).toEqual([
    'queue full',
    'again',
    'queue full',
  ]);
  expect(await page.locator('.arrow.lost .break').count()).toBe(2);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await queue.textContent()).toContain('1 of 2');
  expect(await queue.textContent()).not.toContain('dropped');
  await page.locator('.queues .link').click();
  expect(await page.locator('.inspector').textContent()).toContain('LISTEN 1 1');
});

test('shows the table that a lab has filled in, each cell leading to its place', async () => {
  await using opened = await open(browser, await htmlOf(matrixRun()));
  const { page } = opened;
  const rows = page.locator('.matrix tr');
  expect(await rows.allTextContents()).toEqual(['oldnew', 'LISTEN✓✓', 'TIME-WAIT✓✗ ✓']);
  const cells = page.locator('.matrix button');
  await cells.nth(2).click();
  expect(await page.locator('.clock').textContent()).toContain('0.030 s');
  expect(await page.locator('.matrix .later').count()).toBe(1);
  expect(await cells.nth(3).getAttribute('class')).toContain('bad');
});

test('its sheets are tabs, for a keyboard too', async () => {
  await using opened = await open(browser, html);
  const { page } = opened;
  const shown = page.locator('.sheet:visible');
  expect(await shown.textContent()).toContain('How the states changed');
  await page.getByRole('tab', { name: 'Summary' }).focus();
  const clock = await page.locator('.clock').textContent();
  await page.keyboard.press('ArrowRight');
  expect(await shown.textContent()).toContain('Steps and checks');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  expect(await shown.textContent()).toContain(`All ${run.events.length} events`);
  expect(await page.locator('.clock').textContent()).toBe(clock);
});

test('its glossary finds a word by any of its names', async () => {
  await using opened = await open(browser, html);
  const { page } = opened;
  await page.getByRole('button', { name: 'Glossary' }).click();
  const terms = page.locator('.glossary dt');
  const all = await terms.count();
  expect(all).toBeGreaterThan(50);
  await page.getByLabel('Find a word').fill('sequence number');
  expect(await terms.allTextContents()).toContainEqual(expect.stringMatching(/^seq /));
  expect(await terms.count()).toBeLessThan(all);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  expect(await page.locator('.glossary').isVisible()).toBe(false);
});

test('a segment opens to its fields and octets', async () => {
  await using opened = await open(browser, html);
  const { page } = opened;
  await page.locator('.row.segment').first().click();
  await page.waitForSelector('.fields');
  expect(await page.locator('.fields').textContent()).toMatch(/Source port\s*40000/);
  expect(await page.locator('.octets').textContent()).toContain('0000');
});

test('a capture comes out as it was', async () => {
  await using opened = await open(browser, html);
  const { page } = opened;
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'server.pcap' }).click();
  const saved = await (await download).path();
  expect(new Uint8Array(await readFile(saved))).toEqual(run.pcaps.server);
});

test('speaks Chinese when asked to', async () => {
  await using opened = await open(browser, html);
  const { page } = opened;
  await page.getByRole('button', { name: '中文' }).click();
  expect(await page.locator('html').getAttribute('lang')).toBe('zh');
  expect(await page.locator('.status').textContent()).toContain('失败');
});

test('speaks the language that the report was asked for in', async () => {
  await using opened = await open(browser, await htmlOf(run, { language: 'zh' }));
  expect(await opened.page.locator('html').getAttribute('lang')).toBe('zh');
});
