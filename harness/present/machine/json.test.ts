import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JsonReport } from './json-schema.ts';
import { json } from './json.ts';
import { hostileRun } from './hostile-report.fixture.ts';
import { SAMPLE } from './sample-report.fixture.ts';

it('is what its schema says, and nothing more', () => {
  fc.assert(
    fc.property(fc.oneof(fc.constant(SAMPLE), hostileRun), (run) => {
      const written: unknown = JSON.parse(json(run));
      // The schema takes away what it does not name.
      expect(JsonReport.parse(written)).toEqual(written);
    }),
  );
});

it('holds the run as it is, and counts its labs', () => {
  const report = JsonReport.parse(JSON.parse(json(SAMPLE)));
  expect(report).toMatchObject(JSON.parse(JSON.stringify(SAMPLE)) as object);
  expect(report.counts).toEqual({
    passed: 2,
    failed: 1,
    'timed out': 1,
    broken: 1,
    interrupted: 1,
    'not run': 1,
  });
});
