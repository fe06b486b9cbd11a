/**
 * One bundle of each number that there was, and one from the future, as they lie in
 * harness/evidence/stored/. That of this number is made anew whenever the shape changes:
 * `npm run lab -- wrong-port --backend netns --out ...`, without its report.
 */
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EvidenceError, readBundle } from '../evidence/bundle.ts';
import { SCHEMA_VERSION } from '../evidence/events.ts';
import { aboutRun } from '../evidence/manifest.ts';
import { checkInvariants } from './invariants.ts';
import { inEnglish } from '../told.ts';

const STORED = fileURLToPath(new URL('../evidence/stored/', import.meta.url));

it('there is one of every number so far', async () => {
  const numbers = Array.from({ length: SCHEMA_VERSION }, (_, i) => `schema-${i + 1}`);
  expect(await readdir(STORED)).toEqual(expect.arrayContaining([...numbers, 'schema-99']));
});

it('that of this number is read, and holds together', async () => {
  const { manifest, events, pcaps } = await readBundle(join(STORED, `schema-${SCHEMA_VERSION}`));
  expect(manifest).toEqual({ ...aboutRun(events), files: manifest.files });
  checkInvariants(events, pcaps);
});

it('those of others are refused, by their number', async () => {
  for (const name of await readdir(STORED)) {
    const number = Number(name.replace('schema-', ''));
    if (number === SCHEMA_VERSION) continue;
    const age = number < SCHEMA_VERSION ? 'an earlier' : 'a later';
    const { reason } = (await readBundle(join(STORED, name)).catch(
      (error: unknown) => error,
    )) as EvidenceError;
    expect(inEnglish(reason)).toContain(`a bundle of schema ${number}, written by ${age} version`);
  }
});
