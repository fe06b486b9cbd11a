import type { JSX } from 'preact';
import { english, type Say } from '../../texts/say.ts';
import { sayFrom } from '../../texts/translate.ts';
import type { Run } from './run.ts';

export const LANGUAGES = { en: 'English', zh: '中文' } as const;
export type Language = keyof typeof LANGUAGES;

/** What was asked for when the report was made, or what the reader's browser asks for. */
export const preferred = ({ about }: Run): Language =>
  about.language ?? (/^zh/i.test(navigator.language) ? 'zh' : 'en');

export const sayIn = (language: Language, { texts }: Run): Say =>
  language === 'zh' ? sayFrom(texts.zh) : english;

/** Each language by its own name. */
export function LanguageSwitch({
  language,
  choose,
}: {
  language: Language;
  choose: (language: Language) => void;
}): JSX.Element {
  return (
    <span class="languages">
      {(Object.keys(LANGUAGES) as Language[]).map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={one === language}
          onClick={() => {
            choose(one);
          }}
        >
          {LANGUAGES[one]}
        </button>
      ))}
    </span>
  );
}
