import fc from 'fast-check';
import { Parser } from 'tap-parser';
import { expect, it } from 'vitest';
import { casesOf } from './cases.ts';
import { plainLine } from './plain.ts';
import type { RunReport } from './run-report.ts';
import { hostileRun } from './hostile-report.fixture.ts';
import { runOf, SAMPLE } from './sample-report.fixture.ts';
import { tap } from './tap.ts';

interface Point {
  ok: boolean;
  name: string;
  skip: string | boolean;
  /** Milliseconds. */
  time: number | null;
  diag?: Record<string, unknown> | null;
}

interface Read {
  labs: Point[];
  /** By lab. */
  inside: Point[][];
  strange: string[];
  bailout: unknown;
}

/** node-tap's parser, which calls whatever is not TAP a failure. */
function read(text: string): Read {
  const labs: Point[] = [];
  const inside: Point[][] = [];
  const strange: string[] = [];
  let bailout: unknown;
  const parser = new Parser({ strict: true });
  parser.on('assert', (point: Point) => labs.push(point));
  parser.on('child', (child: Parser) => {
    const points: Point[] = [];
    inside.push(points);
    child.on('assert', (point: Point) => points.push(point));
    child.on('extra', (line: string) => strange.push(line));
    child.on('child', () => strange.push('a subtest'));
  });
  parser.on('extra', (line: string) => strange.push(line));
  parser.on('bailout', (reason: unknown) => {
    bailout = reason;
  });
  parser.on('complete', ({ failures }: { failures: { tapError?: string }[] }) => {
    strange.push(...failures.flatMap(({ tapError }) => (tapError == null ? [] : [tapError])));
  });
  parser.end(text);
  return { labs, inside, strange, bailout };
}

it('tells failures, timeouts, skips and what could not be tried apart', () => {
  const { labs, inside, strange, bailout } = read(tap(SAMPLE));
  expect(strange).toEqual([]);
  const told = ({ ok, skip, diag }: Point) => (ok ? (skip ? 'skip' : 'ok') : diag?.['status']);
  expect(labs.map((point) => [point.name, told(point)])).toEqual([
    ['well', 'ok'],
    ['wrong', 'failed'],
    ['slow', 'timed out'],
    ['broken', 'broken'],
    ['unkept', 'broken'],
    ['cut', 'interrupted'],
    ['left', 'skip'],
  ]);
  expect(inside.map((points) => points.map(told))).toEqual([
    ['ok', 'ok', 'skip'],
    ['ok', 'failed'],
    ['ok', 'timed out'],
    ['ok', 'skip', 'broken'],
    ['ok', 'broken'],
    ['skip', 'interrupted'],
    ['skip'],
  ]);
  expect(labs[1]).toMatchObject({ time: 1235, diag: { bundle: 'runs/wrong' } });
  expect(inside[1]?.[1]?.diag?.['message']).toMatch(
    /^expected netstat .* nothing, saw no such line\n {2}a\.b > c\.d/,
  );
  expect(bailout).toBe('interrupted');
});

it('bails out of no run that went to its end', () => {
  const { bailout } = read(tap(runOf(SAMPLE.labs.slice(0, 5))));
  expect(bailout).toBeUndefined();
});

it('is TAP whatever its texts are, and keeps them', () => {
  const kept = (name: string): string => plainLine(name).replace(/\{$/, '{…');
  fc.assert(
    fc.property(hostileRun, (run: RunReport) => {
      const { labs, inside, strange } = read(tap(run));
      expect(strange).toEqual([]);
      expect(labs.map(({ name }) => name)).toEqual(run.labs.map(({ lab }) => lab));
      const names = run.labs.map((lab) => casesOf(lab).map(({ name }) => kept(name)));
      expect(inside.map((points) => points.map(({ name }) => name))).toEqual(names);
    }),
  );
});
