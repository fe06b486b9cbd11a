/** Runs full of texts that formats choke on. */
import fc from 'fast-check';
import {
  EXPECTATION_STATUSES,
  LAB_STATUSES,
  type LabReport,
  type RunReport,
} from './run-report.ts';
import { runOf } from './sample-report.fixture.ts';

/** What a format may choke on, and whatever else there is. */
const HOSTILE = [
  ']]>',
  '<!--',
  '&amp;',
  '"',
  "'",
  '::error::',
  '%0A',
  '%',
  '#',
  ' # SKIP',
  ' # TODO x',
  '\\',
  '\\#',
  '\n',
  '\r',
  '\r\n',
  '\t',
  '\0',
  '\u001b[31m',
  '\u007f',
  '\u0085',
  '\u2028',
  // Text from right to left, isolated; no width; a soft hyphen; a tag.
  '\u202e',
  '\u2066',
  '\u200b',
  '\u00ad',
  '\u{e0041}',
  '\u009b2J',
  '\ufeff',
  '\ufffe',
  '\uffff',
  '\ud800',
  '状态转移',
  '😀',
  '|',
  '`',
  '```',
  '{',
  '}',
  '- ',
  '...',
  '---',
  'ok 1 - x',
  'not ok 2',
  'Bail out!',
  'KTAP version 1',
  '# Subtest: x',
  '1..5',
  '<script>',
  '[[ATTACHMENT|x]]',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 8 })), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

const expectation = fc.record(
  {
    name: text,
    text,
    step: text,
    status: fc.constantFrom(...EXPECTATION_STATUSES),
    seen: text,
    at: fc.nat(1e6),
    took: fc.nat(1e6),
    line: fc.integer({ min: 1, max: 999 }),
  },
  { requiredKeys: ['name', 'text', 'status'] },
);

const hostileLab: fc.Arbitrary<LabReport> = fc.record(
  {
    lab: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
    title: text,
    file: fc.constant('labs/x.ts'),
    status: fc.constantFrom(...LAB_STATUSES),
    message: text,
    troubles: fc.array(text, { maxLength: 2 }),
    startedAt: fc.constant('2026-01-02T03:04:05.000Z'),
    took: fc.nat(1e6),
    kernel: text,
    expectations: fc.array(expectation, { maxLength: 4 }),
    bundle: fc.record({ folder: text, files: fc.array(text, { maxLength: 3 }) }),
    picture: fc.array(text, { maxLength: 3 }),
  },
  { requiredKeys: ['lab', 'title', 'file', 'status', 'troubles', 'expectations', 'picture'] },
);

export const hostileRun: fc.Arbitrary<RunReport> = fc
  .array(hostileLab, { minLength: 1, maxLength: 3 })
  .map(runOf);
