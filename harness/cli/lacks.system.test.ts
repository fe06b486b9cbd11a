/** What the machine refuses us is told in a line, and no run that could not be told is a success. */
import { execa } from 'execa';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The command line, begun by a shell that sets its limits or its output first. */
const through = (script: string) =>
  execa('sh', ['-c', script, 'sh', process.execPath, 'harness/cli/start/start.mjs'], {
    cwd: ROOT,
    env: { NO_COLOR: '1' },
    reject: false,
  });

describe('a stdout that takes nothing', { timeout: 60_000 }, () => {
  test.each([['list'], ['glossary'], ['states --help'], ['coverage --json']])(
    '%s',
    async (words) => {
      const { exitCode, stderr } = await through(`"$@" ${words} > /dev/full`);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 3,
        stderr: 'lab: stdout cannot be written to (ENOSPC)',
      });
    },
  );
});

test('too few descriptors', { timeout: 60_000 }, async () => {
  const { exitCode, stdout, stderr } = await through(
    'ulimit -n 30; "$@" wrong-port --backend netns',
  );
  expect(exitCode, stderr).toBe(3);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^lab: .*too many open files: ulimit -n 256 is enough$/);
});
