import type { Chapter, Term } from '../../words/glossary.ts';
import type { Style } from './style.ts';
import { pad, wrap } from './wrap.ts';

/** Where what a term means begins. */
const INDENT = 22;

/** Chapters with their terms, as a reader looks for one. */
export const renderGlossary = (chapters: readonly Chapter[], style: Style): string[] =>
  chapters.flatMap(({ title, terms }, i) => [
    ...(i === 0 ? [] : ['']),
    style.colors.bold(style.t(title)),
    ...terms.flatMap((term) => renderTerm(term, style)),
  ]);

/** A term, what it means, its other names, and the labs that show it. */
export function renderTerm({ term, also, meaning, labs }: Term, style: Style): string[] {
  const { colors, columns, t } = style;
  const remarks = [
    ...(also.length === 0 ? [] : [t('also: {names}', { names: also.join(', ') })]),
    ...(labs.length === 0 ? [] : [t('labs: {names}', { names: labs.join(', ') })]),
  ];
  const width = columns - INDENT;
  const text = [
    ...wrap(t(meaning), width),
    ...remarks.flatMap((remark) => wrap(remark, width)).map((line) => colors.dim(line)),
  ];
  const name = `  ${term}`;
  const [first = '', ...rest] = text;
  const indented = rest.map((line) => ' '.repeat(INDENT) + line);
  return name.length >= INDENT - 1
    ? [name, ' '.repeat(INDENT) + first, ...indented]
    : [pad(name, INDENT) + first, ...indented];
}
