import { expect, test } from 'vitest';
import type { Claim } from '../../evidence/claim.ts';
import { allClaims } from '../../catalogue/claims.ts';
import { renderClaims } from './claims-text.ts';
import { english } from '../../texts/say.ts';
import { styleFor, type Style } from './style.ts';
import { widthOf } from './wrap.ts';

const plain = (columns: number): Style => ({
  ...styleFor({}, { LANG: 'C.UTF-8' }, english),
  columns,
});

const SOME: Claim[] = [
  {
    document: '000',
    line: 1,
    section: '状态转移',
    quote: '这时候服务端收到来自客户端发送的ACK确认报文,也会转变为ESTABLISHED',
    claim: 'The third segment makes the server ESTABLISHED too',
    lab: 'handshake',
    verdict: 'holds',
  },
  {
    document: '004',
    line: 2,
    section: 'listen方法中的传参',
    quote: 'listen(1)就是说最多可以在内核的这个列队中保存一个连接',
    claim: 'listen(1): at most one connection can be in that queue',
    lab: 'backlog-sizes',
    verdict: 'differs',
    kernel: 'two: the queue of listen(n) takes n+1',
    why: 'the kernel refuses when the queue is longer than n, not when it is as long',
    since: 'March 2007 (commit 64a146513f8f brought it back)',
  },
  {
    document: '004',
    line: 2,
    section: 'Server不调用accept',
    quote: 'OSX上面listen(0)代表队列无限制',
    claim: 'On OSX listen(0) seems to set no limit',
    lab: 'backlog-sizes',
    verdict: 'not tried here',
    kernel: 'Linux: listen(0) lets in one',
    why: 'OSX cannot be run here',
  },
];

const text = (claims: readonly Claim[], columns = 80, whole = false): string =>
  `\n${renderClaims(claims, plain(columns), { whole }).join('\n')}\n`;

test('a table of claims', () => {
  expect(text(SOME)).toMatchInlineSnapshot(`
    "
    000  The third segment makes the server ESTABLISHED    handshake      holds
         too
    004  listen(1): at most one connection can be in that  backlog-sizes  differs:
         queue
           two: the queue of listen(n) takes n+1
    004  On OSX listen(0) seems to set no limit            backlog-sizes  not tried:
           OSX cannot be run here; Linux: listen(0) lets in one

    3 claims: 1 hold, 1 differ, 1 not tried here
    "
  `);
});

test('a wider terminal has room for longer lines', () => {
  expect(text(SOME, 100)).toMatchInlineSnapshot(`
    "
    000  The third segment makes the server ESTABLISHED too                    handshake      holds
    004  listen(1): at most one connection can be in that queue                backlog-sizes  differs:
           two: the queue of listen(n) takes n+1
    004  On OSX listen(0) seems to set no limit                                backlog-sizes  not tried:
           OSX cannot be run here; Linux: listen(0) lets in one

    3 claims: 1 hold, 1 differ, 1 not tried here
    "
  `);
});

test('whole: where it stands in the document, why it differs, since when', () => {
  expect(text(SOME, 80, true)).toMatchInlineSnapshot(`
    "
    000  The third segment makes the server ESTABLISHED    handshake      holds
         too
           状态转移: 这时候服务端收到来自客户端发送的ACK确认报文,也会转变为
           ESTABLISHED

    004  listen(1): at most one connection can be in that  backlog-sizes  differs:
         queue
           listen方法中的传参: listen(1)就是说最多可以在内核的这个列队中保存一个连接
           two: the queue of listen(n) takes n+1
           Why: the kernel refuses when the queue is longer than n, not when it is
           as long
           Since: March 2007 (commit 64a146513f8f brought it back)

    004  On OSX listen(0) seems to set no limit            backlog-sizes  not tried:
           Server不调用accept: OSX上面listen(0)代表队列无限制
           OSX cannot be run here; Linux: listen(0) lets in one

    3 claims: 1 hold, 1 differ, 1 not tried here
    "
  `);
});

test.each([
  { columns: 80, whole: false },
  { columns: 80, whole: true },
  { columns: 300, whole: false },
  { columns: 300, whole: true },
])('all claims in $columns columns, whole: $whole', ({ columns, whole }) => {
  const lines = renderClaims(allClaims(), plain(columns), { whole });
  const most = Math.min(columns, 120);
  expect(lines.filter((line) => widthOf(line) > most)).toEqual([]);
  expect(lines.filter((line) => / $/.test(line))).toEqual([]);
  expect(lines.filter((line) => /^00\d /.test(line))).toHaveLength(allClaims().length);
});

test('nothing of a claim is lost when it is wrapped', () => {
  const words = (of: string): string => of.replace(/\s+/g, '');
  const claim = SOME[1];
  if (claim?.verdict !== 'differs') throw new Error('the sample has changed');
  const alone = words(renderClaims([claim], plain(40), { whole: true }).join(''));
  for (const part of [claim.quote, claim.kernel, claim.why, claim.since]) {
    expect(alone).toContain(words(part));
  }
});

test('colours tell the verdicts apart, and can be left out', () => {
  const escape = '\u001b[';
  const colored = styleFor({ isTTY: true }, { LANG: 'C.UTF-8' }, english);
  const [holds = '', differs = '', , untried = ''] = renderClaims(SOME, colored);
  const codes = [holds, differs, untried].map((line) =>
    line.slice(line.lastIndexOf(escape, line.lastIndexOf(escape) - 1)).slice(0, 5),
  );
  expect(new Set(codes).size).toBe(3);
  expect(text(SOME)).not.toContain(escape);
});
