import { expect, test } from 'vitest';
import { english } from '../../texts/say.ts';
import { indexHtml } from './index-html.ts';

const lines = [
  { lab: 'close', title: 'Four segments', status: 'passed', took: 900, href: 'close/report.html' },
  {
    lab: 'bind',
    title: 'bind <takes> a port',
    status: 'failed',
    took: 1200,
    message: 'expected "x" & saw <y>\n  #3 more',
    href: 'bind/report.html',
  },
  { lab: 'listen', title: 'A server alone', status: 'not run', message: 'interrupted' },
] as const;

test('tells each lab, how it came out, and where its report is', () => {
  const html = indexHtml(lines, english);
  expect(html).toContain('<a href="close/report.html">close</a>');
  expect(html).toContain('<b class="failed">1 failed</b> <b class="not-run">1 not run</b>');
  expect(html).toContain('<th scope="row">listen</th>');
  expect(html).toContain('1.20 s');
});

test('texts stay texts, and a failure is told in its first line', () => {
  const html = indexHtml(lines, english);
  expect(html).toContain('bind &#60;takes&#62; a port');
  expect(html).toContain('<em>expected &#34;x&#34; &#38; saw &#60;y&#62;</em>');
  expect(html).not.toContain('more');
});

test('nothing in it may run', () => {
  const [policy = ''] = /content="default-src[^"]*"/.exec(indexHtml(lines, english)) ?? [];
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
});
