import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../installation.ts';
import { labNames } from './catalogue.ts';
import { allClaims, claimsOf, differencesOf } from './claims.ts';

/** One line, and no blank or full stop at its end: what prints it adds that. */
const line = z.string().regex(/^\S([^\n]*[^\s.])?$/);
const said = {
  document: z.enum(['000', '001', '002', '003', '004']),
  line: z.int().positive(),
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

  it('stand beside labs that are there', async () => {
    const files = await readdir(join(ROOT, 'labs'));
    const beside = files.filter((file) => file.endsWith('.json'));
    expect(beside.filter((file) => !names.includes(file.replace('.claims.json', '')))).toEqual([]);
  });

  it('are in the order of the document', () => {
    const lines = allClaims().map(
      ({ document, line }) => `${document} ${String(line).padStart(4)}`,
    );
    expect(lines).toEqual(lines.toSorted());
  });
});

test('the differences of a lab are its claims that differ, with the four notes', () => {
  const differing = claimsOf('backlog-sizes').filter(({ verdict }) => verdict === 'differs');
  expect(differing).not.toEqual([]);
  const lab = 'backlog-sizes';
  const told = differencesOf(lab).map((notes) => ({ lab, verdict: 'differs', ...notes }));
  // Where in the document is no part of a bundle.
  expect(told).toEqual(differing.map(({ line: _, ...claim }) => claim));
  expect(differencesOf('keepalive')).toEqual([]);
});

describe('a file of claims beside a lab of somebody else', () => {
  const claim = { document: 'Stevens', line: 3, section: '2.4', quote: 'q', claim: 'c' };
  it.each([
    [[{ ...claim, verdict: 'holds' }], undefined],
    [{}, /x\.claims\.json: it must hold a list of claims$/],
    [[{ ...claim, verdict: 'differs' }], /claim 1: 'kernel' must be a text$/],
    [[{ ...claim, verdict: 'perhaps' }], /claim 1: its verdict must be one of holds, differs, /],
    [
      [{ ...claim, verdict: 'holds', line: '3' }],
      /claim 1: 'line' must be a line of the document$/,
    ],
    [[null], /claim 1: 'document' must be a text$/],
  ])('%j', async (content, says) => {
    const folder = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
    try {
      await writeFile(join(folder, 'x.claims.json'), JSON.stringify(content));
      if (says === undefined)
        expect(claimsOf('x', folder)).toEqual([{ ...claim, lab: 'x', verdict: 'holds' }]);
      else expect(() => claimsOf('x', folder)).toThrow(says);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
