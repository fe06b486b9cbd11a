import { describe, expect, test } from 'vitest';
import { Interrupted } from '../deadline.ts';
import { inEnglish, told, ToldError, toldBy } from '../told.ts';
import { ExpectationError } from '../vocabulary/session.ts';
import { isOf, thrownBy } from './thrown.ts';

/** A lab's file of which line 7 is on every stack that names it. */
const LAB = {
  source: {
    ...{ file: 'mine/my.lab.ts', path: '/mine/my.lab.ts', hash: '' },
    lineOf: (stack: string) => (stack.includes('my.lab') ? 7 : undefined),
  },
};
const at = <E extends Error>(error: E, stack: string): E => Object.assign(error, { stack });
const tells = (error: unknown, lab = LAB): string => inEnglish(toldBy(thrownBy(lab, error)));

describe('what a lab throws is told with its line', () => {
  test.each<[string, unknown, string]>([
    [
      'an error of JavaScript, with its kind',
      at(new TypeError('wire.hodl is not a function'), 'at my.lab.mjs:3:1'),
      'mine/my.lab.ts:7: TypeError: wire.hodl is not a function',
    ],
    [
      'an error of ours, which says what is wrong',
      at(new ToldError(told('no segment')), 'at my.lab.mjs:3:1'),
      'mine/my.lab.ts:7: no segment',
    ],
    [
      'a text, which has no stack',
      'stop',
      "mine/my.lab.ts: the lab threw 'stop', which is not an error",
    ],
    ['nothing', undefined, 'mine/my.lab.ts: the lab threw undefined, which is not an error'],
    [
      'an object, in one line',
      { code: 3, text: 'a\nb' },
      "mine/my.lab.ts: the lab threw { code: 3, text: 'a\\nb' }, which is not an error",
    ],
  ])('%s', (_what, error, message) => {
    expect(tells(error)).toBe(message);
  });

  test('but not what comes from elsewhere, nor what says its line itself', () => {
    const elsewhere = at(new Error('the server died'), 'at agent.ts:1:1');
    const failed = at(new ExpectationError(3, 'end-gone'), 'at my.lab.mjs:3:1');
    const interrupted = at(new Interrupted(), 'at my.lab.mjs:3:1');
    for (const error of [elsewhere, failed, interrupted]) expect(thrownBy(LAB, error)).toBe(error);
  });

  test('without a file there is no line to tell', () => {
    expect(inEnglish(toldBy(thrownBy({}, 'stop')))).toBe(
      "the lab threw 'stop', which is not an error",
    );
  });
});

test('a rejection that nobody waited for is the lab whose line is on its stack', () => {
  expect(isOf(LAB, at(new Error('x'), 'at my.lab.mjs:3:1'))).toBe(true);
  expect(isOf(LAB, at(new Error('x'), 'at other.lab.mjs:3:1'))).toBe(false);
  expect(isOf(LAB, 'x')).toBe(false);
});
