/** The page about bundles describes every event, and every field of it, that the schema has. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { SCHEMA_VERSION } from '../harness/evidence/events.ts';
import { LARGEST } from '../harness/evidence/manifest.ts';
import { EVENT_FIELDS } from '../harness/evidence/schema.ts';

const page = await readFile(new URL('bundle.md', import.meta.url), 'utf8');

/** A heading's own text. */
const section = (type: string): string =>
  page.split(`\n### \`${type}\`\n`)[1]?.split(/\n##/)[0] ?? '';

/** What every event has. */
const STAMP = ['seq', 't', 'step', 'type'];

describe('docs/bundle.md', () => {
  it.each(Object.entries(EVENT_FIELDS))('describes %s', (type, fields) => {
    const text = section(type);
    expect(text).not.toBe('');
    const missing = fields.filter(
      (field) => !STAMP.includes(field) && !new RegExp(`\`${field}\\??\``).test(text),
    );
    expect(missing).toEqual([]);
  });

  it('describes no event that there is not', () => {
    const described = [...page.matchAll(/\n### `([\w-]+)`\n/g)].map(([, type = '']) => type);
    expect(described.sort()).toEqual(Object.keys(EVENT_FIELDS).sort());
  });

  it('is about this schema, with its files and limits', () => {
    expect(page).toContain(`**schema ${SCHEMA_VERSION}**`);
    for (const [name, octets] of Object.entries(LARGEST)) {
      expect(page).toContain(`\`${name}\``);
      expect(page).toContain(`${octets / (1 << 20)} MiB`);
    }
  });
});
