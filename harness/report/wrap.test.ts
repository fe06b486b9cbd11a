import { expect, test } from 'vitest';
import { hang, truncate, widthOf, wrap } from './wrap.ts';

test('wraps at blanks, never within a word, and makes any white space one blank', () => {
  expect(wrap('  one\n   two three  ', 7)).toEqual(['one two', 'three']);
  expect(wrap('extraordinary word', 5)).toEqual(['extraordinary', 'word']);
});

test('hangs the lines that follow under the first', () => {
  expect(hang('> ', 'one two three', 9)).toEqual(['> one two', '  three']);
});

test('a Chinese character takes two columns', () => {
  expect(widthOf('seed 000 状态')).toBe(13);
  expect(wrap('状态 状态', 8)).toEqual(['状态', '状态']);
});

test('truncates with an ellipsis', () => {
  expect(truncate('abcdef', 6)).toBe('abcdef');
  expect(truncate('abcdefg', 6)).toBe('abcde…');
});
