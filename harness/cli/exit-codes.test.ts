import { expect, test } from 'vitest';
import { EXIT, gravest } from './exit-codes.ts';

test('several labs exit with the gravest code', () => {
  expect(gravest([])).toBe(EXIT.passed);
  expect(gravest([EXIT.passed, EXIT.failed, EXIT.passed])).toBe(EXIT.failed);
  expect(gravest([EXIT.failed, EXIT.unable])).toBe(EXIT.unable);
  expect(gravest([EXIT.unable, EXIT.interrupted, EXIT.passed])).toBe(EXIT.interrupted);
  expect(gravest([EXIT.leftBehind, EXIT.interrupted])).toBe(EXIT.leftBehind);
});
