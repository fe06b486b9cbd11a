import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Claim } from '../evidence/claim.ts';
import type { Difference } from '../evidence/summary.ts';
import { told, ToldError, toldBy } from '../told.ts';
import { CatalogueError } from './load.ts';

/**
 * What documents say of a lab stands in a file beside it: it is longer than the lab, which is read
 * without it, and a claim that is worded anew does not make the lab another one.
 */
const CLAIMS = '.claims.json';
const LABS = fileURLToPath(new URL('../../labs/', import.meta.url));

let read: readonly Claim[] | undefined;

/** Every claim of the five documents: by document, and as they come in it. */
export const allClaims = (): readonly Claim[] =>
  (read ??= inOrder(
    readdirSync(LABS)
      .filter((file) => file.endsWith(CLAIMS))
      .sort()
      .flatMap((file) => claimsOf(file.slice(0, -CLAIMS.length))),
  ));

/** By document, and as they come in it. */
export const inOrder = (claims: readonly Claim[]): Claim[] =>
  claims.toSorted((a, b) =>
    a.document === b.document ? a.line - b.line : a.document < b.document ? -1 : 1,
  );

/**
 * What documents say of a lab; nothing where no file says so.
 * @param folder where the lab's file lies
 * @throws CatalogueError when that file holds something else
 */
export function claimsOf(lab: string, folder = LABS): Claim[] {
  const path = join(folder, `${lab}${CLAIMS}`);
  const file = folder === LABS ? `labs/${lab}${CLAIMS}` : relative('', path);
  try {
    const claims = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    if (!Array.isArray(claims)) throw new ToldError(told('it must hold a list of claims'));
    return claims.map((claim, index) => ({ ...checked(claim, index + 1), lab }));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new CatalogueError({ file, lab, reason: toldBy(cause) }, { cause });
  }
}

/** What each claim says, in texts, and beside that what those say that do not simply hold. */
const SAID = ['document', 'section', 'quote', 'claim', 'verdict'];
const MORE: Readonly<Record<Claim['verdict'], readonly string[]>> = {
  holds: [],
  differs: ['kernel', 'why', 'since'],
  'not tried here': ['kernel', 'why'],
};

function checked(claim: unknown, n: number): Claim {
  const said = (claim ?? {}) as Claim;
  const more = Object.hasOwn(MORE, said.verdict) ? MORE[said.verdict] : [];
  const wrong = [...SAID, ...more].find(
    (field) => typeof (said as unknown as Record<string, unknown>)[field] !== 'string',
  );
  if (wrong !== undefined)
    throw new ToldError(told("claim {n}: '{field}' must be a text", { n, field: wrong }));
  if (!Object.hasOwn(MORE, said.verdict)) {
    const params = { n, verdicts: Object.keys(MORE).join(', ') };
    throw new ToldError(told('claim {n}: its verdict must be one of {verdicts}', params));
  }
  if (!Number.isInteger(said.line))
    throw new ToldError(told("claim {n}: 'line' must be a line of the document", { n }));
  return said;
}

/** Where documents say otherwise than a lab shows. */
export const differencesOf = (lab: string, folder = LABS): Difference[] =>
  claimsOf(lab, folder).flatMap((claim) => {
    if (claim.verdict !== 'differs') return [];
    const { document, section, quote, claim: said, kernel, why, since } = claim;
    return [{ document, section, quote, claim: said, kernel, why, since }];
  });
