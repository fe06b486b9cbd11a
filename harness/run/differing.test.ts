import { expect, test } from 'vitest';
import { inEnglish } from '../told.ts';
import { asIn, differing } from './differing.ts';

const told = (one: unknown, other: unknown): string[] => {
  const fields = differing(one, other);
  return [inEnglish(asIn(0, fields)), inEnglish(asIn(1, fields))];
};

test('what is the same is not told', () => {
  expect(differing({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([]);
});

test('a call that is another one is told as it is typed', () => {
  expect(
    told({ program: 1, text: 'send 3 "hello"\n' }, { program: 1, text: 'send 3 "hullo"\n' }),
  ).toEqual(['text: send 3 "hello"', 'text: send 3 "hullo"']);
});

test('of a pattern the line that is another one', () => {
  const pattern = (ack: string): object => ({
    pattern: `client > server  S  seq=x\nserver > client  S.  ack=${ack}`,
  });
  expect(told(pattern('x+1'), pattern('x+2'))).toEqual([
    'pattern: server > client  S.  ack=x+1',
    'pattern: server > client  S.  ack=x+2',
  ]);
});

test('what the other one lacks, a list that is longer, and an object instead of a number', () => {
  expect(told({ a: 1 }, {})).toEqual(['a: 1', 'a: nothing']);
  expect(told({ lines: ['x'] }, { lines: ['x', 'y'] })).toEqual(['1: nothing', '1: y']);
  expect(told({ n: 1 }, { n: { least: 1 } })).toEqual(['n: 1', 'n: {"least":1}']);
});

test('no more than three fields, and nothing that is long', () => {
  expect(told({ a: 1, b: 1, c: 1, d: 1 }, {})[0]).toBe('a: 1, b: 1, c: 1');
  expect(told({ a: 'x'.repeat(500) }, { a: '' })).toEqual([`a: ${'x'.repeat(120)}…`, 'a: ""']);
});
