import { readFileSync } from 'node:fs';
import type { Claim } from '../evidence/claim.ts';
import type { Difference } from '../evidence/summary.ts';

const FILE = new URL('../../labs/claims.json', import.meta.url);

/** Labs that no document speaks of: they are there for the textbook's sake. */
export const TEXTBOOK: readonly string[] = [
  'abort-on-overflow',
  'keepalive',
  'late-ack',
  'reset-received',
  'reset-sent',
  'reuseport',
  'self-connect',
  'syn-cookies',
  'time-wait-syn',
  'tw-reuse',
  'zero-window',
];

let read: readonly Claim[] | undefined;

/** Every claim of the documents: by document, and as they come in it. */
export const allClaims = (): readonly Claim[] =>
  (read ??= JSON.parse(readFileSync(FILE, 'utf8')) as Claim[]);

export const claimsOf = (lab: string): Claim[] => allClaims().filter((claim) => claim.lab === lab);

/** Where the documents say otherwise than this lab shows. */
export const differencesOf = (lab: string): Difference[] =>
  claimsOf(lab).flatMap((claim) => {
    if (claim.verdict !== 'differs') return [];
    const { document, section, quote, claim: said, kernel, why, since } = claim;
    return [{ document, section, quote, claim: said, kernel, why, since }];
  });
