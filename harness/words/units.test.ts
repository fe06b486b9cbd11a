import { describe, expect, test } from 'vitest';
import { listed, span, spans } from './units.ts';
import { english, type Say } from '../texts/say.ts';

describe('a span of time', () => {
  test.each([
    [0, '0 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1652, '1.7 s'],
    [60_000, '60 s'],
  ])('%d ms reads %s', (ms, text) => {
    expect(span(ms)).toBe(text);
  });

  test('between two', () => {
    expect(spans(50_000, 60_000)).toBe('50 s..60 s');
    expect(spans(7010, 7020)).toBe('7 s');
  });
});

describe('a list', () => {
  const chinese: Say = (text, params) => (text === ', ' ? '、' : english(text, params));

  test('is parted as the language does, unless its items are the same in every language', () => {
    expect(listed(['Recv-Q 5', 'Send-Q 0'], chinese)).toBe('Recv-Q 5, Send-Q 0');
    expect(listed(['Recv-Q 5', '计时器'], chinese)).toBe('Recv-Q 5、计时器');
    expect(listed(['a', 'b'], english)).toBe('a, b');
  });
});
