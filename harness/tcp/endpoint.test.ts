import { expect, test } from 'vitest';
import { plainAddress } from './endpoint.ts';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['::FFFF:10.0.0.1', '10.0.0.1'],
  ['::1', '::1'],
  ['::ffff:a00:1', '::ffff:a00:1'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['*', '*'],
])('%s is %s', (given, plain) => {
  expect(plainAddress(given)).toBe(plain);
});
