import { fill } from '../told.ts';
import type { Say } from './say.ts';

/** English texts with what they are in another language. */
export type Catalogue = Readonly<Record<string, string>>;

/**
 * Says texts as the catalogue has them; what it does not know stays as it is. How a text's lines were
 * broken does not matter.
 */
export function sayFrom(catalogue: Catalogue): Say {
  const entries = new Map(Object.entries(catalogue));
  const say: Say = (what, params) => {
    const told = typeof what === 'string' ? { text: what, params } : what;
    const { text, params: its = {} } = told;
    return fill(entries.get(text) ?? entries.get(flat(text)) ?? text, its, say);
  };
  return say;
}

const flat = (text: string): string => text.replace(/\s+/g, ' ');
