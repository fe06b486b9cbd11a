import { expect, test } from 'vitest';
import { checkLanguage, chooseLanguage, takeLanguage } from './language.ts';

test('--lang may stand anywhere, and the last one counts', () => {
  expect(takeLanguage(['claims', '--lang', 'zh', 'bind'])).toEqual({
    asked: 'zh',
    rest: ['claims', 'bind'],
  });
  expect(takeLanguage(['--lang=en', 'bind', '--lang', 'zh'])).toEqual({
    asked: 'zh',
    rest: ['bind'],
  });
  expect(takeLanguage(['bind', '--', '--lang', 'zh'])).toEqual({
    rest: ['bind', '--', '--lang', 'zh'],
  });
});

test('it is stronger than the locale, and must be one of ours', () => {
  expect(chooseLanguage('en', { LANG: 'zh_CN.UTF-8' })).toBe('en');
  expect(chooseLanguage(undefined, { LANG: 'zh_CN.UTF-8' })).toBe('zh');
  expect(() => {
    checkLanguage('fr');
  }).toThrow("--lang is 'fr'; it is one of: en, zh");
  expect(() => {
    checkLanguage('');
  }).toThrow('an option lacks its value: --lang <name>');
});
