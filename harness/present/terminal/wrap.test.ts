import { expect, test } from 'vitest';
import { hang, pad, truncate, widthOf, wrap } from './wrap.ts';

test('wraps at blanks, never within a word, and makes any white space one blank', () => {
  expect(wrap('  one\n   two three  ', 7)).toEqual(['one two', 'three']);
  expect(wrap('extraordinary word', 5)).toEqual(['extraordinary', 'word']);
});

test('hangs the lines that follow under the first', () => {
  expect(hang('> ', 'one two three', 9)).toEqual(['> one two', '  three']);
});

test('a Chinese character takes two columns, and lines may end after it', () => {
  expect(widthOf('seed 000 状态')).toBe(13);
  expect(wrap('四次挥手关闭 TCP 连接', 8)).toEqual(['四次挥手', '关闭 TCP', '连接']);
  expect(pad('状态', 6)).toBe('状态  ');
  expect(pad('状态', 6, 'right')).toBe('  状态');
  expect(hang('状态：', '四次挥手', 10)).toEqual(['状态：四次', '      挥手']);
});

test('punctuation stays with its Chinese character, and Latin words whole', () => {
  expect(wrap('先发 SYN，再等。', 8)).toEqual(['先发', 'SYN，再', '等。']);
  expect(wrap('状态（监听）', 7)).toEqual(['状态', '（监听）']);
});

test('truncates with an ellipsis', () => {
  expect(truncate('abcdef', 6)).toBe('abcdef');
  expect(truncate('abcdefg', 6)).toBe('abcde…');
  expect(truncate('四次挥手', 6)).toBe('四次…');
});

test('a line of Chinese ends where a word does', () => {
  expect(wrap('服务器的端口被占用，客户端停留在状态里', 10)).toEqual([
    '服务器的',
    '端口被',
    '占用，',
    '客户端',
    '停留在状态',
    '里',
  ]);
});
