/** A run in which everything has happened that can happen to a lab, and runs full of hostile texts. */
import fc from 'fast-check';
import type { LabEvent } from '../../evidence/events.ts';
import { SampleRun } from '../sample-run.fixture.ts';
import {
  EXPECTATION_STATUSES,
  LAB_STATUSES,
  labReport,
  type Ended,
  type LabReport,
  type RunReport,
} from './run-report.ts';

const FAILURE =
  'expected nothing, saw it\n  a.b > c.d: Flags [S] <mss 1460> ]]> & "it"\n  # ::error::';

const AIDS = { draw: () => ['0.000  client > server  S'], lineOf: () => 7 };

function ended(name: string, status: Ended['status'], more: Partial<Ended> = {}): Ended {
  return {
    lab: { name, title: `What ${name} shows` },
    status,
    troubles: [],
    took: 1234.5,
    ...more,
  };
}

const bundleOf = (name: string) => ({
  folder: `runs/${name}`,
  files: ['report.html', 'events.ndjson', 'result.json', 'server.pcap'],
});

/** The time that the expectation had is over before its verdict comes. */
function late(run: SampleRun, text: string): SampleRun {
  const id = 99;
  return run
    .add(20, { type: 'expect', id, text })
    .add(30, { type: 'deadline', id })
    .add(30, {
      type: 'verdict',
      id,
      verdict: 'failed',
      seen: `expected ${text}, saw none`,
      by: [],
    });
}

const begun = (): SampleRun => new SampleRun().begin();

export const LABS: LabReport[] = [
  labReport(
    begun()
      .expect(2, 5, 'the server (10.0.0.1:6000) in LISTEN', 'LISTEN')
      .step(6, 9, 'again', () => undefined)
      .expect(10, 12, 'the client (10.0.0.2:40001) in LISTEN', 'LISTEN').events,
    ended('well', 'passed', {
      lab: { name: 'well', title: 'What well shows', waits: { slow: '60s' } },
      bundle: bundleOf('well'),
    }),
    AIDS,
  ),
  labReport(
    begun()
      .expect(2, 5, 'this first', 'it')
      .step(6, 12, 'then', () => undefined)
      .expect(7, 11, 'nothing', FAILURE, true).events,
    ended('wrong', 'failed', { message: FAILURE, bundle: bundleOf('wrong') }),
    AIDS,
  ),
  labReport(
    late(begun().expect(2, 5, 'this first', 'it'), 'one more').events,
    ended('slow', 'failed', { message: 'expected one more, saw none', bundle: bundleOf('slow') }),
    AIDS,
  ),
  labReport(
    begun().expect(2, 5, 'this first', 'it').expect(6, 7, 'what came to nothing').events,
    ended('broken', 'broken', { message: 'the server died during the run' }),
    AIDS,
  ),
  labReport(
    begun().expect(2, 5, 'this first', 'it').events,
    ended('unkept', 'passed', { troubles: ['the bundle cannot be written: ENOSPC'] }),
    AIDS,
  ),
  labReport(
    begun().expect(2, 5, 'what came to nothing').events,
    ended('cut', 'interrupted', { message: 'interrupted' }),
    AIDS,
  ),
  labReport(
    [] as LabEvent[],
    {
      lab: { name: 'left', title: 'What left shows' },
      status: 'not run',
      message: 'interrupted',
      troubles: [],
    },
    AIDS,
  ),
];

export const runOf = (labs: LabReport[]): RunReport => ({
  harness: '0.1.0',
  command: ['npm', 'run', 'lab', '--', '--all'],
  backend: 'netns',
  reason: 'no Docker daemon answers at /var/run/docker.sock',
  slow: false,
  startedAt: '2026-01-02T03:04:05.000Z',
  took: 9876,
  labs,
});

export const SAMPLE = runOf(LABS);

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
