import { expect, test } from 'vitest';
import { BackendError } from '../backend/errors.ts';
import { explain, UsageError } from './errors.ts';
import { verbatim } from '../told.ts';

test("the user's and the machine's faults are one line, with the way out", () => {
  expect(explain(new UsageError(verbatim('no such thing\n  here')))).toEqual({
    code: 2,
    text: 'no such thing here',
  });
  const error = new BackendError(verbatim('no daemon'), { hint: verbatim('start it') });
  expect(explain(error)).toEqual({ code: 3, text: 'no daemon; start it' });
});

test('our own faults say so, with the stack, and are never taken for a failed lab', () => {
  const { code, text } = explain(new TypeError('undefined is not a lab'));
  expect(code).toBe(70);
  expect(text).toMatch(
    /^this is an error in Socket Lab itself: TypeError: undefined is not a lab\n +at /,
  );
});
