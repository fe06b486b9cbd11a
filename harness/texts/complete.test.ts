/** No text of ours is without a translation, and no translation without a text. */
import { describe, expect, test } from 'vitest';
import { allSaid, labTexts } from './said.fixture.ts';
import { CHINESE } from './zh/index.ts';
import { writeFileSync } from 'node:fs';
test('x', { timeout: 300_000 }, () => {
  const flat = (text: string): string => text.trim().replace(/\s+/g, ' ');
  const known = new Set(Object.keys(CHINESE).map(flat));
  const said = allSaid();
  const texts = said.flatMap(({ texts = [] }) => texts);
  const out = {
    n: said.length,
    untold: said.filter(({ texts }) => texts === undefined).map(({ where }) => where),
    missing: [...new Set(texts.filter((text) => !known.has(flat(text))))],
    words: said.filter(({ words }) => words.some((w) => known.has(flat(w)))),
    unused: [...known].filter((k) => !new Set([...texts, ...labTexts()].map(flat)).has(k)),
  };
  writeFileSync('/tmp/told/out.json', JSON.stringify(out, null, 1));
});
