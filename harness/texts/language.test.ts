import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

test('the locale chooses the language, the first variable that is set', () => {
  expect(languageOf({})).toBe('en');
  expect(languageOf({ LANG: 'zh_CN.UTF-8' })).toBe('zh');
  expect(languageOf({ LC_MESSAGES: 'zh_TW', LANG: 'en_US.UTF-8' })).toBe('zh');
  expect(languageOf({ LC_ALL: 'C', LC_MESSAGES: 'zh_CN', LANG: 'zh_CN' })).toBe('en');
  expect(languageOf({ LC_ALL: '', LANG: 'zh_CN' })).toBe('zh');
  expect(languageOf({ LANG: 'de_DE.UTF-8' })).toBe('en');
});
