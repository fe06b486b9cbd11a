import { LANGUAGES, languageOf, sayIn, type Language } from '../texts/language.ts';
import { UsageError } from './errors.ts';
import { told } from '../told.ts';

const OPTION = '--lang';

type Environment = Readonly<Record<string, string | undefined>>;

/** What `--lang` says, wherever it stands; and the arguments without it. */
export function takeLanguage(argv: readonly string[]): { asked?: string; rest: string[] } {
  const end = argv.indexOf('--');
  const at = argv.findIndex(
    (word, i) => (end === -1 || i < end) && (word === OPTION || word.startsWith(`${OPTION}=`)),
  );
  if (at === -1) return { rest: [...argv] };
  const joined = argv[at]?.startsWith(`${OPTION}=`) === true;
  const asked = (joined ? argv[at]?.slice(OPTION.length + 1) : argv[at + 1]) ?? '';
  const later = takeLanguage(argv.slice(at + (joined ? 1 : 2)));
  return { asked: later.asked ?? asked, rest: [...argv.slice(0, at), ...later.rest] };
}

/** The language that was asked for, or the locale's. */
export function chooseLanguage(asked: string | undefined, env: Environment): Language {
  return LANGUAGES.find((language) => language === asked) ?? languageOf(env);
}

/** @throws UsageError for a language that we do not speak */
export function checkLanguage(asked: string | undefined): void {
  if (asked === undefined || LANGUAGES.some((language) => language === asked)) return;
  const params = { name: asked, languages: LANGUAGES.join(', ') };
  throw new UsageError(
    asked === ''
      ? told('an option lacks its value: {option}', { option: `${OPTION} <name>` })
      : told("--lang is '{name}'; it is one of: {languages}", params),
  );
}

/** What this command line asks for, where it does. */
export const asked = LANGUAGES.find(
  (language) => language === takeLanguage(process.argv.slice(2)).asked,
);

/** This process speaks one language: help and errors need it before the command line is read. */
export const t = sayIn(chooseLanguage(takeLanguage(process.argv.slice(2)).asked, process.env));
