import fc from 'fast-check';
import { Parser } from 'tap-parser';
import { describe, expect, it } from 'vitest';
import { casesOf } from './cases.ts';
import { readKtap, type KtapTest } from './ktap.fixture.ts';
import { ktap } from './ktap.ts';
import { hostileRun } from './hostile-report.fixture.ts';
import { SAMPLE, saw } from './sample-report.fixture.ts';

const told = ({ ok, directive }: KtapTest): string =>
  [ok ? 'ok' : 'not ok', directive].filter((word) => word !== undefined).join(' ');

it('tells failures, timeouts, skips and what could not be tried apart', () => {
  const tests = readKtap(ktap(SAMPLE));
  expect(tests.map((test) => [test.description, told(test)])).toEqual([
    ['well', 'ok'],
    ['wrong', 'not ok'],
    ['slow', 'not ok TIMEOUT'],
    ['broken', 'not ok ERROR'],
    ['unkept', 'not ok ERROR'],
    ['cut', 'not ok ERROR'],
    ['left', 'ok SKIP'],
  ]);
  expect(tests.map(({ subtests }) => subtests.map(told))).toEqual([
    ['ok', 'ok', 'ok SKIP'],
    ['ok', 'not ok'],
    ['ok', 'not ok TIMEOUT'],
    ['ok', 'ok SKIP', 'not ok ERROR'],
    ['ok', 'not ok ERROR'],
    ['ok SKIP', 'not ok ERROR'],
    ['ok SKIP'],
  ]);
});

it('says why before the result, and after its directive', () => {
  const [, wrong, slow] = readKtap(ktap(SAMPLE));
  expect(wrong?.subtests[1]?.diagnosis).toEqual([
    `  ${saw('nothing')}`,
    '    a.b > c.d: Flags [S] <mss 1460> ]]> & "it"  (another line has it)',
    '    # ::error::  (another line has it)',
    '  done before: then',
  ]);
  expect(slow?.data).toBe(saw('one more'));
  expect(wrong?.diagnosis).toEqual(['Linux 6.1.0', 'bundle: runs/wrong']);
});

it('is KTAP whatever its texts are', () => {
  fc.assert(
    fc.property(hostileRun, (run) => {
      const tests = readKtap(ktap(run));
      expect(tests.map(({ description }) => description)).toEqual(run.labs.map(({ lab }) => lab));
      expect(tests.map(({ subtests }) => subtests.length)).toEqual(
        run.labs.map((lab) => casesOf(lab).length),
      );
    }),
  );
});

it('is TAP too, as far as TAP goes: a lab is a test', () => {
  const points: { ok: boolean; name: string }[] = [];
  const parser = new Parser();
  parser.on('assert', (point: { ok: boolean; name: string }) => points.push(point));
  parser.end(ktap(SAMPLE).replace('KTAP version 1', 'TAP version 13'));
  expect(points.map(({ ok, name }) => `${ok ? 'ok' : 'not ok'} ${name}`)).toEqual([
    'ok well',
    'not ok wrong',
    `not ok slow # TIMEOUT ${saw('one more')}`,
    'not ok broken # ERROR the server died during the run',
    'not ok unkept # ERROR the bundle cannot be written: ENOSPC',
    'not ok cut # ERROR interrupted',
    'ok left',
  ]);
});

describe('the reader is strict', () => {
  it.each([
    ['no plan', 'KTAP version 1\nok 1 a\n'],
    ['a wrong number', 'KTAP version 1\n1..1\nok 2 a\n'],
    ['a test too few', 'KTAP version 1\n1..2\nok 1 a\n'],
    ['a test too many', 'KTAP version 1\n1..1\nok 1 a\nok 2 b\n'],
    ['an odd indentation', 'KTAP version 1\n1..1\n   KTAP version 1\n   1..1\n   ok 1 a\nok 1 b\n'],
    ['an unknown line', 'KTAP version 1\n1..1\nsomething\nok 1 a\n'],
    ['a timeout that is ok', 'KTAP version 1\n1..1\nok 1 a # TIMEOUT\n'],
  ])('%s', (_, text) => {
    expect(() => readKtap(text)).toThrow(/line \d+ is not KTAP here/);
  });
});
