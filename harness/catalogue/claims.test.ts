import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { labNames } from './catalogue.ts';
import { allClaims, claimsOf, differencesOf, TEXTBOOK } from './claims.ts';

/** One line, and no blank or full stop at its end: what prints it adds that. */
const line = z.string().regex(/^\S([^\n]*[^\s.])?$/);
const said = {
  document: z.enum(['000', '001', '002', '003', '004']),
  section: line,
  quote: z.string().min(2),
  claim: line.max(100),
  lab: z.string().regex(/^[a-z0-9-]+$/),
};
const CLAIMS = z.array(
  z.discriminatedUnion('verdict', [
    z.strictObject({ ...said, verdict: z.literal('holds') }),
    z.strictObject({
      ...said,
      verdict: z.literal('differs'),
      kernel: line,
      why: line,
      // A release, a date or a commit; or where it was measured.
      since: line.regex(/^(always|measured on \d|Linux \d|\w+ \d{4} \(commit)/),
    }),
    z.strictObject({ ...said, verdict: z.literal('not tried here'), kernel: line, why: line }),
  ]),
);

const names = await labNames();
const documents = allClaims().map(({ document }) => document);

describe('the documents’ claims', () => {
  it('are as the schema has them', () => {
    expect(CLAIMS.parse(allClaims())).toEqual(allClaims());
  });

  it('are of all five documents, one document after the other', () => {
    expect([...new Set(documents)]).toEqual(['000', '001', '002', '003', '004']);
    expect(documents).toEqual(documents.toSorted());
  });

  it('keep what belongs to a section together', () => {
    const sections = allClaims().map(({ document, section }) => `${document} ${section}`);
    const runs = sections.filter((section, i) => section !== sections[i - 1]);
    expect(runs).toEqual([...new Set(runs)]);
  });

  it.each(['quote', 'claim'] as const)('have each %s of a document once', (field) => {
    const said = allClaims().map((claim) => `${claim.document} ${claim[field]}`);
    expect(said.filter((text, i) => said.indexOf(text) !== i)).toEqual([]);
  });

  it('name labs that are there', () => {
    const missing = allClaims().filter(({ lab }) => !names.includes(lab));
    expect([...new Set(missing.map(({ lab }) => lab))]).toEqual([]);
  });

  it('leave out no lab but those that only the textbook asks for', () => {
    expect(names.filter((name) => claimsOf(name).length === 0).sort()).toEqual(TEXTBOOK);
  });
});

test('the differences of a lab are its claims that differ, with the four notes', () => {
  const differing = claimsOf('backlog-sizes').filter(({ verdict }) => verdict === 'differs');
  expect(differing).not.toEqual([]);
  const lab = 'backlog-sizes';
  expect(differencesOf(lab).map((notes) => ({ lab, verdict: 'differs', ...notes }))).toEqual(
    differing,
  );
  expect(differencesOf('keepalive')).toEqual([]);
});
