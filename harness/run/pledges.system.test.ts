import { execa } from 'execa';
import { expect, test } from 'vitest';
import { ROOT } from '../installation.ts';

// In a process of its own: a rejection that nobody handles is what vitest itself fails by.
test('what a lab forgets to await fails the lab, and nothing beside it', async () => {
  const { stdout, exitCode } = await execa(
    process.execPath,
    ['--import', 'tsx', 'harness/run/pledges.fixture.ts'],
    { cwd: ROOT, reject: false, timeout: 60_000 },
  );
  expect({ exitCode, outcomes: JSON.parse(stdout) as unknown }).toEqual({
    exitCode: 0,
    outcomes: ['not met after 10 ms', 'not met after 50 ms', 'not met after 20 ms', 'passed'],
  });
});
