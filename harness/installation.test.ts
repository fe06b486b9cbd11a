import { expect, test } from 'vitest';
import { calledAs, typed } from './installation.ts';

test('a checkout is called through npm, the package by its name or with npx', () => {
  expect(typed('doctor')).toBe('npm run lab -- doctor');
  expect(calledAs(true, {})).toEqual(['socket-lab']);
  expect(calledAs(true, { npm_lifecycle_event: 'npx' })).toEqual(['npx', 'socket-lab']);
  // In a script of somebody's own package.
  expect(calledAs(true, { npm_lifecycle_event: 'lab' })).toEqual(['socket-lab']);
});
