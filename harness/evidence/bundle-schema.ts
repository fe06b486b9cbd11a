/** What a manifest and a `result.json` must look like before a word of them is believed. */
import { z } from 'zod';
import { SCHEMA_VERSION } from './events.ts';
import { JsonError, parseJson } from './json.ts';
import { FILES, LARGEST, type FileName, type Manifest } from './manifest.ts';
import { firstIssue, sha256 } from './schema.ts';
import type { Summary } from './summary.ts';
import { told } from '../told.ts';

const fileOf = (name: FileName): z.ZodType =>
  z.strictObject({ sha256, size: z.int().min(0).max(LARGEST[name]) });

const manifest = z.strictObject({
  schema: z.literal(SCHEMA_VERSION),
  lab: z.string(),
  labHash: sha256.optional(),
  startedAt: z.string(),
  command: z.array(z.string()),
  harness: z.string(),
  kernel: z.string(),
  tools: z.record(z.string(), z.string()),
  files: z.strictObject(Object.fromEntries(FILES.map((name) => [name, fileOf(name)]))),
});

/** What it says of the run the events say too, and are asked; the claims are nobody's evidence. */
const result = z.looseObject({
  claims: z.array(z.record(z.string(), z.string())),
});

/** @throws JsonError */
export function parseManifest(text: string): Manifest {
  const value = parseJson(text);
  const { schema } = z.object({ schema: z.int().min(0) }).safeParse(value).data ?? {};
  if (schema === undefined) throw new JsonError(told('is not the manifest of a bundle'));
  if (schema !== SCHEMA_VERSION) {
    const which = schema < SCHEMA_VERSION ? told('an earlier') : told('a later');
    throw new JsonError(
      told('a bundle of schema {n}, written by {which} version; this one reads schema {m}', {
        ...{ n: schema, which, m: SCHEMA_VERSION },
      }),
    );
  }
  return checked(manifest, value) as Manifest;
}

/** @throws JsonError */
export function parseResult(text: string): Summary {
  return checked(result, parseJson(text)) as Summary;
}

function checked(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { where, why } = firstIssue(parsed.error);
  throw new JsonError(where === '' ? why : told("'{field}': {why}", { field: where, why }));
}
