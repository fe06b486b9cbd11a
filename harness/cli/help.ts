import { Help } from 'commander';
import { widthOf, wrap } from '../report/wrap.ts';
import type { Say } from '../texts/say.ts';

/** Commander's help in our language: its own words, and columns for wide characters. */
export const inOurLanguage = (t: Say): Partial<Help> => ({
  styleTitle: (title) => t(title),
  displayWidth: widthOf,
  boxWrap: (text, width) => wrap(text, width).join('\n'),
  optionDescription: (option) => {
    const told = new Help().optionDescription(option);
    return told.replace(/\((choices|default): /, (_, word: string) => `(${t(word)}: `);
  },
});
