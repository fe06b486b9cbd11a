import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonText, parseVisible, visible, visibleLines } from './visible.ts';
import { forTerminal } from './terminal/for-terminal.ts';
import { styleFor } from './terminal/style.ts';
import { english } from '../texts/say.ts';

const UNSEEN = /[^\P{Cc}\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const text = fc.string({ unit: 'binary' });

test.each([
  ['plain, 状态, é, 😀, a\ttab', 'plain, 状态, é, 😀, a\ttab'],
  ['\x1b[31m', '\\x1b[31m'],
  ['\0\x07\x7f\x9b', '\\x00\\x07\\x7f\\x9b'],
  ['a\r\nb', 'a\\r\\nb'],
  ['\u202eabc\u2066\u200e', '\\u202eabc\\u2066\\u200e'],
  ['zero\u200bwidth\ufeff\u00ad', 'zero\\u200bwidth\\ufeff\\xad'],
  ['\u2028\ud800\u{e0041}\u3164', '\\u2028\\ud800\\u{e0041}\\u3164'],
])('%j', (given, shown) => {
  expect(visible(given)).toBe(shown);
});

test('nothing unseen is left of any text; of several lines their ends are', () => {
  fc.assert(
    fc.property(text, (given) => {
      expect(visible(given)).not.toMatch(UNSEEN);
      expect(visibleLines(given).split('\n')).toHaveLength(given.split('\n').length);
    }),
  );
});

test('JSON is the same value when it is read, and hides nothing when it is looked at', () => {
  fc.assert(
    fc.property(fc.jsonValue(), text, (value, more) => {
      const given = { value, more };
      expect(JSON.parse(jsonText(given))).toEqual(JSON.parse(JSON.stringify(given)));
      expect(jsonText(given)).not.toMatch(UNSEEN);
      expect(jsonText(given, 2).replaceAll('\n', '')).not.toMatch(UNSEEN);
    }),
  );
});

test('what is read to be shown is shown whole', () => {
  const given = { a: ['\x1b', { b: '\u202e', c: 7, d: 'two\nlines' }] };
  expect(parseVisible(JSON.stringify(given))).toEqual({
    a: ['\\x1b', { b: '\\u202e', c: 7, d: 'two\nlines' }],
  });
});

test('a terminal gets our colours, and those of nobody else', () => {
  const { red, bold } = styleFor({ isTTY: true }, {}, english).colors;
  expect(forTerminal([red(`a\x1b[32m${bold('b')}c`), '\x1b[1m'])).toBe(
    '\x1b[31ma\\x1b[32m\x1b[1mb\x1b[22mc\x1b[39m\n\\x1b[1m\n',
  );
  // What ends inside another of its kind goes on behind it.
  expect(forTerminal([bold(`a${bold('b')}c`)])).toBe('\x1b[1ma\x1b[1mb\x1b[22m\x1b[1mc\x1b[22m\n');
});
