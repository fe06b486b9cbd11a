/** What the summary counts is what its lines count, and what it says of the rest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LabEvent } from '../../evidence/events.ts';
import { historyOf } from '../../history/history.ts';
import { ROOT } from '../../installation.ts';
import { renderSteps, untold } from './expectations-text.ts';
import { plainStyle } from './style.ts';
import { renderResult } from './text.ts';

const events = readFileSync(join(ROOT, 'docs/example.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as LabEvent);

test('the lines, and the calls that only prepare, come to all that were met', () => {
  const lines = renderSteps(events, plainStyle(200));
  // A line without a number is one expectation.
  const counted = lines.map((line) => Number(/(\d+) (?:expectation|check)s?/.exec(line)?.[1] ?? 1));
  const { calls, cells } = untold(events);
  expect(calls).toBeGreaterThan(0);
  expect(counted.reduce((a, b) => a + b, calls + cells)).toBe(
    historyOf(events).lab.expectations.length,
  );
});

test('what no line counts is said below the verdict, and with -v, which tells it, not', () => {
  const said = /6 of these are calls that only prepare; -v shows them/;
  expect(renderResult(events, {}, plainStyle(80)).join('\n')).toMatch(said);
  expect(renderResult(events, { isVerbose: true }, plainStyle(80)).join('\n')).not.toMatch(said);
});
