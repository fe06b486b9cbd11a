import { fill } from '../told.ts';
import type { Say } from './say.ts';
import { inTurn, PLACE, templateOf, type Template } from './template.ts';

/** English texts with what they are in another language. */
export type Catalogue = Readonly<Record<string, string>>;

/**
 * Says texts as the catalogue has them: a text itself, or the template that it was made from; of a
 * list, and of lines, each piece. What the catalogue does not know stays as it is.
 */
export function sayFrom(catalogue: Catalogue): Say {
  const entries = new Map(Object.entries(catalogue));
  const templates = byFirstWord(entries);
  const say: Say = (what, params) => {
    if (typeof what !== 'string')
      return fill(entries.get(what.text) ?? what.text, what.params ?? {}, say);
    const text = what;
    const entry = entries.get(text) ?? entries.get(flat(text));
    if (params !== undefined) return fill(entry ?? text, inTurn(params, say), say);
    return entry ?? fromTemplate(text) ?? inPieces(text);
  };
  const fromTemplate = (text: string): string | undefined => {
    const candidates = [...(templates.get(firstWord(text)) ?? []), ...(templates.get('') ?? [])];
    for (const { expression, translation } of candidates) {
      const match = expression.exec(text);
      if (match !== null) return fill(translation, inTurn(match.groups ?? {}, say), say);
    }
    return undefined;
  };
  const inPieces = (text: string): string => {
    const separator = SEPARATORS.find((one) => one.test(text));
    if (separator === undefined) return text;
    const pieces = text.split(separator);
    const said = pieces.map((piece, i) => (i % 2 === 0 && piece !== '' ? say(piece) : piece));
    // A list of codes is the same in every language, with what parts them.
    if (said.every((piece, i) => piece === pieces[i])) return text;
    return said.map((piece, i) => (i % 2 === 1 ? (entries.get(piece) ?? piece) : piece)).join('');
  };
  return say;
}

/** From the widest to the closest: lines, the indentation of a line, clauses, items. */
const SEPARATORS = [/(\n)/, /^( +)/, /(; )/, /(, )/] as const;

const flat = (text: string): string => text.replace(/\s+/g, ' ');

/** Up to its first blank; empty when a place stands in it, so that it can be any word. */
function firstWord(text: string): string {
  const word = text.split(' ', 1)[0] ?? '';
  return word.includes('{') ? '' : word;
}

function byFirstWord(entries: ReadonlyMap<string, string>): Map<string, Template[]> {
  const all = new Map<string, Template[]>();
  for (const [text, translation] of entries) {
    if (text.search(PLACE) === -1) continue;
    const word = firstWord(text);
    all.set(word, [...(all.get(word) ?? []), templateOf(text, translation)]);
  }
  for (const templates of all.values()) templates.sort((a, b) => b.weight - a.weight);
  return all;
}
