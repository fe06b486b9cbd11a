import { Ajv } from 'ajv';
import { calculateSummary, schema, validate, type CTRFReport } from 'ctrf';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ctrf } from './ctrf.ts';
import { hostileRun } from './hostile-report.fixture.ts';
import { named, SAMPLE, saw } from './sample-report.fixture.ts';

const parse = (text: string): CTRFReport => JSON.parse(text) as CTRFReport;
const report = parse(ctrf(SAMPLE));

it('is valid under the schema of the npm package ctrf, whatever its texts are', () => {
  expect(validate(report)).toEqual({ valid: true, errors: [] });
  // It reads the schema anew for each report, which takes long.
  const check = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  fc.assert(
    fc.property(hostileRun, (run) => {
      expect(check(parse(ctrf(run))), JSON.stringify(check.errors)).toBe(true);
    }),
  );
});

it('has the score of somebody who predicted, once in a lab', () => {
  const score = { asked: 3, right: 2, skipped: 1 };
  const predicted = parse(ctrf({ ...SAMPLE, labs: SAMPLE.labs.map((lab) => ({ ...lab, score })) }));
  expect(validate(predicted)).toEqual({ valid: true, errors: [] });
  const scores = predicted.results.tests.flatMap(({ extra }) => (extra ? [extra] : []));
  expect(scores).toEqual(SAMPLE.labs.map(() => ({ score })));
  expect(report.results.tests.filter(({ extra }) => extra)).toEqual([]);
});

it('counts as the reference implementation does', () => {
  const { tests, summary } = report.results;
  const { tests: all, passed, failed, skipped, pending, other } = calculateSummary(tests);
  expect(summary).toMatchObject({ tests: all, passed, failed, skipped, pending, other });
});

it('tells failures, timeouts, skips and what could not be tried apart', () => {
  const { tests } = report.results;
  const bad = tests.filter(({ status }) => status !== 'passed');
  expect(bad.map(({ suite, status, rawStatus }) => [suite?.[0], status, rawStatus])).toEqual([
    ['well', 'skipped', 'skipped'],
    ['wrong', 'failed', 'failed'],
    ['slow', 'failed', 'timed out'],
    ['broken', 'skipped', 'skipped'],
    ['broken', 'other', 'broken'],
    ['unkept', 'other', 'broken'],
    ['cut', 'skipped', 'skipped'],
    ['cut', 'other', 'interrupted'],
    ['left', 'skipped', 'skipped'],
  ]);
  const wrong = bad.find(({ name }) => name === named('nothing'));
  expect(wrong).toMatchObject({ message: saw('nothing'), filePath: 'labs/wrong.ts' });
  expect(wrong?.trace).toContain('a.b > c.d');
  expect(wrong?.attachments?.map(({ path }) => path)).toContain('runs/wrong/server.pcap');
});
