/** Every format, of runs full of texts that somebody else has written. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { english } from '../../texts/say.ts';
import { summary } from './github-summary.ts';
import { hostileRun } from './hostile-report.fixture.ts';
import { REPORTERS } from './reporters.ts';
import type { RunReport } from './run-report.ts';

/** What no report may have: it is shown by terminals, browsers and logs. */
const CONTROL = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

test.each([
  ...Object.entries(REPORTERS),
  ['summary', (run: RunReport) => summary(run, english)] as const,
])('%s lets no control character out', (_name, report) => {
  fc.assert(
    fc.property(hostileRun, (run) => {
      expect(report(run)).not.toMatch(CONTROL);
    }),
    { numRuns: 100 },
  );
});
