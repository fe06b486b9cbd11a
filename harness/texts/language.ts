import { english, type Say } from './say.ts';
import { sayFrom } from './translate.ts';
import { CHINESE } from './zh/index.ts';

/** The languages of our texts: the code's, and the documents'. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

type Environment = Readonly<Record<string, string | undefined>>;

export const chinese: Say = sayFrom(CHINESE);

export const sayIn = (language: Language): Say => (language === 'zh' ? chinese : english);

/** The language that the locale asks for: the first of these that is set decides (locale(7)). */
export function languageOf(env: Environment): Language {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return /^zh/i.test(locale ?? '') ? 'zh' : 'en';
}
