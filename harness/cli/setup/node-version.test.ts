import { expect, test } from 'vitest';
import { nodeTooOld } from './node-version.mjs';

test.each(['20.20.0', '20.21.3', '22.1.0', '100.0.0'])('%s will do', (version) => {
  expect(nodeTooOld(version, '>=20.20')).toBeUndefined();
});

test.each(['20.19.9', '18.20.0', '9.99.99'])('%s is too old', (version) => {
  expect(nodeTooOld(version, '>=20.20')).toBe(
    `Node.js ${version} is too old: 20.20 or later is needed`,
  );
});
