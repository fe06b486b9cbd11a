import { PLACE, type Params } from './say.ts';

/** An English text with places, and how a text that was made from it is recognised. */
export interface Template {
  translation: string;
  expression: RegExp;
  /** How many characters are not left to its places: of two that fit, the fuller is meant. */
  weight: number;
}

/** What can stand in places of these names; in others anything can. */
const PLACES: Readonly<Record<string, string>> = {
  host: 'server|client',
  state: '[A-Z][A-Z0-9-]+',
  n: '-?\\d[\\d.]*',
  m: '-?\\d[\\d.]*',
};

/** Places whose contents are texts of ours in turn; what stands in others is no word of ours. */
const WORDS = new Set(['host', 'what', 'seen', 'why', 'hint']);

export function templateOf(text: string, translation: string): Template {
  const places: string[] = [];
  const source = text.split(PLACE).map((part, i) => {
    if (i % 2 === 0) return part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
    const known = places.includes(part);
    places.push(part);
    return known ? `\\k<${part}>` : `(?<${part}>${PLACES[part] ?? '.+?'})`;
  });
  return {
    translation,
    expression: new RegExp(`^${source.join('')}$`),
    weight: text.replace(PLACE, '').length,
  };
}

/** Parameters with those said anew that are texts themselves. */
export function inTurn(params: Params, say: (text: string) => string): Params {
  const entries = Object.entries(params).map(([name, value]) => {
    const isText = typeof value === 'string' && WORDS.has(name);
    return [name, isText ? say(value) : value] as const;
  });
  return Object.fromEntries(entries);
}
