import type { Params } from '../told.ts';

export const PLACE = /\{(\w+)\}/g;

/** An English text with places, and how a text that was made from it is recognised. */
export interface Template {
  translation: string;
  expression: RegExp;
  /** How many characters are not left to its places: of two that fit, the fuller is meant. */
  weight: number;
}

const STATE = '[A-Z][A-Z0-9-]+';
const NUMBER = '-?\\d[\\d.]*';
const ENDPOINT = '[\\d.*]+:[\\d*]+';
const DURATION = '[\\d.]+ (?:us|ms|s)';
const TIME = `${DURATION}(?:\\.\\.${DURATION})?`;

/** What can stand in places of these names; in others anything can. */
const PLACES: Readonly<Record<string, string>> = {
  host: 'server|client',
  state: STATE,
  to: STATE,
  edge: `${STATE} -> ${STATE}(?: \\(.+?\\))?`,
  n: NUMBER,
  m: NUMBER,
  port: '\\d+',
  end: ENDPOINT,
  peer: ENDPOINT,
  time: TIME,
  later: TIME,
  code: 'E[A-Z0-9]+',
  sign: '[✓✗·]',
  dir: '\\S+',
  file: '\\S+',
  value: '\\S+',
  wanted: '\\S+',
  took: DURATION,
  field: '\\w+',
  column: '[A-Za-z][\\w/ -]*',
  rest: '.*',
};

/** Places whose contents are texts of ours in turn; what stands in others is no word of ours. */
const WORDS = new Set(['host', 'what', 'seen', 'why', 'hint', 'how', 'which', 'value']);

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
