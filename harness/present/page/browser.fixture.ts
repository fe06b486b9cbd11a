/** Reports in a real browser, opened from disk as readers open them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { reportHtml } from '../../cli/show/report.ts';
import type { About } from './parts.ts';
import type { PageRun } from './run.fixture.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const ALONE = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Without Chromium the tests fail: they are all that says that the page works. */
export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, headless: true, args: ALONE });

export interface Opened extends AsyncDisposable {
  page: Page;
  /** What went wrong in the page: errors on its console, and what nobody caught. */
  troubles: string[];
  /** Every address that it asked for. */
  requests: string[];
}

export const htmlOf = (
  run: Pick<PageRun, 'events' | 'pcaps'>,
  about: Partial<About> = {},
): Promise<string> =>
  reportHtml({
    events: run.events,
    pcaps: run.pcaps,
    about: { claims: [], command: ['lab'], ...about },
  });

export async function open(browser: Browser, html: string, hash = ''): Promise<Opened> {
  const dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  const file = join(dir, 'report.html');
  await writeFile(file, html);
  const context = await browser.newContext({ acceptDownloads: true, locale: 'en-GB' });
  const page = await context.newPage();
  const [troubles, requests]: string[][] = [[], []];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles?.push(message.text());
  });
  page.on('pageerror', ({ message }) => troubles?.push(message));
  page.on('request', (request) => requests?.push(request.url()));
  await page.goto(`file://${file}${hash}`);
  await page.waitForSelector('.masthead');
  return {
    page,
    troubles: troubles ?? [],
    requests: requests ?? [],
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await rm(dir, { recursive: true });
    },
  };
}
