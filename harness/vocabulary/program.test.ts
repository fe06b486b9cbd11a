import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { partsOf } from '../build/cache.mjs';
import { PROGRAMS } from './program.ts';

test('every program that a host gets is known, and when it is up', () => {
  const programs = partsOf('host').map((source) => basename(source, '.ts'));
  expect(Object.keys(PROGRAMS).sort()).toEqual(programs.sort());
});
