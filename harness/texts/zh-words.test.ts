import { expect, test } from 'vitest';
import { CHINESE } from './zh/index.ts';

/** What no Chinese text says, and what it says instead (docs/style.md). */
const WORDS: readonly [wrong: RegExp, right: string][] = [
  [/复位/, 'RST'],
  [/重发/, '重传'],
  [/accept 队列/, '全连接队列'],
  [/SYN 队列/, '半连接队列'],
  [/内核(单独)?持有/, '保留'],
  [
    /(处于|还在|仍在|停在|停留在) (CLOSED|ESTABLISHED|LISTEN|CLOSING|[A-Z]+-[A-Z]+(-[12])?)\b(?![A-Z0-9-])(?!状态| 状态| 和)/,
    '... 状态',
  ],
  [/(状态图|图中|Linux)[^，。；]*的边/, '状态转换'],
  [/项预期/, '检查'],
  [/\([^()]*\p{Script=Han}[^()]*\)/u, '（...）'],
  [/\p{Script=Han} ?\([^()]*\)/u, '（...）'],
];

test.each(WORDS)('no Chinese text says %s, but %s', (wrong) => {
  const texts = Object.values(CHINESE).filter((text) => wrong.test(text));
  expect(texts).toEqual([]);
});
