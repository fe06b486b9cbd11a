import { renderGlossary, renderTerm } from '../../present/terminal/glossary-text.ts';
import { styleFor } from '../../present/terminal/style.ts';
import { told } from '../../told.ts';
import { GLOSSARY, termsOf } from '../../words/glossary.ts';
import { UsageError } from '../errors.ts';
import { t } from '../language.ts';
import { nearest } from '../../nearest.ts';
import { tell } from '../process.ts';

/**
 * `glossary [TERM...]`: what the words mean; all of them when none is named.
 * @throws UsageError for a word that is not in it, with the nearest that is
 */
export function glossary(words: readonly string[]): void {
  const style = styleFor(process.stdout, process.env, t);
  const lines =
    words.length === 0
      ? renderGlossary(GLOSSARY, style)
      : words.flatMap(meant).flatMap((term) => renderTerm(term, style));
  tell(...lines);
}

function meant(word: string): ReturnType<typeof termsOf> {
  const terms = termsOf(word);
  if (terms.length > 0) return terms;
  const all = GLOSSARY.flatMap((chapter) =>
    chapter.terms.flatMap(({ term, also }) => [term, ...also]),
  );
  const near = nearest(word, all);
  throw new UsageError(
    near === undefined
      ? told("the glossary has no '{word}': 'glossary' alone lists its words", { word })
      : told("the glossary has no '{word}'; did you mean '{other}'?", { word, other: near }),
  );
}
