import { expect, test } from 'vitest';
import { RepeatedCommand } from './repeated.ts';

test('each run gives what that run has printed', async () => {
  const count = new RepeatedCommand('sh', '-c', 'echo run of $PPID; echo lost >&2');
  const first = await count.run();
  expect(first).toMatch(/^run of \d+\n$/);
  // One and the same shell starts them all.
  expect(await count.run()).toBe(first);
  count.stop();
});

test('much output comes whole', async () => {
  const much = new RepeatedCommand('seq', '100000');
  expect((await much.run()).length).toBe(588_895);
  expect((await much.run()).endsWith('100000\n')).toBe(true);
  much.stop();
});

test('a failure says the command and the first thing it said', async () => {
  const failing = new RepeatedCommand('sh', '-c', 'echo partly; echo not today >&2; exit 3');
  await expect(failing.run()).rejects.toThrow(/not today/);
  const silent = new RepeatedCommand('false');
  await expect(silent.run()).rejects.toThrow('false: exit status 1');
  const missing = new RepeatedCommand('no-such-tool');
  await expect(missing.run()).rejects.toThrow(/no-such-tool.*not found/);
  for (const each of [failing, silent, missing]) each.stop();
});
