import { afterEach, expect, test } from 'vitest';
import { Shell } from './shell.ts';

let shell = new Shell();
afterEach(() => {
  shell.end();
  shell = new Shell();
});

const script = (text: string): Promise<string> => shell.run(['sh', '-c', text]);

test('each run gives what that run has printed', async () => {
  const first = await script('echo run of $PPID; echo lost >&2');
  expect(first).toMatch(/^run of \d+\n$/);
  // One and the same shell starts them all.
  expect(await script('echo run of $PPID')).toBe(first);
});

test('what is asked at once is done one after another, each with its own answer', async () => {
  const all = Promise.all([1, 2, 3].map((n) => script(`echo ${n}; exit ${n - 1}`)));
  await expect(all).rejects.toThrow('sh -c echo 2; exit 1: exit status 1');
  expect(await script('echo after')).toBe('after\n');
});

test('much output comes whole', async () => {
  expect((await shell.run(['seq', '100000'])).length).toBe(588_895);
  expect((await shell.run(['seq', '100000'])).endsWith('100000\n')).toBe(true);
});

test('words and input arrive as they are', async () => {
  const word = `it's $HOME \`id\` "\\n" *\n;`;
  expect(await shell.run(['printf', '%s', word])).toBe(word);
  const input = `it's $HOME \`id\` "\\n"\n${'much\n'.repeat(50_000)}`;
  expect(await shell.run(['cat'], input)).toBe(input);
  expect(await shell.run(['cat'])).toBe('');
});

test('a failure says the command and the first thing it said', async () => {
  await expect(script('echo partly; echo not today >&2; exit 3')).rejects.toThrow(/not today$/);
  await expect(shell.run(['false'])).rejects.toThrow('false: exit status 1');
  await expect(shell.run(['no-such-tool'])).rejects.toThrow('no-such-tool: not installed');
});

test('a shell that is killed fails what it was given, and another takes its place', async () => {
  await expect(script('kill -9 $PPID')).rejects.toThrow('its shell has ended');
  expect(await script('echo after')).toBe('after\n');
});

test('a tool that prints too much is no longer read, on either stream', async () => {
  shell = new Shell(10_000);
  const why = ': printed more than the 10000 octets that a tool may';
  const endless = shell.run(['yes']);
  const behind = script('echo behind');
  await expect(endless).rejects.toThrow(`yes${why}`);
  await expect(behind).rejects.toThrow('sh -c echo behind: its shell has ended');
  await expect(script('exec yes >&2')).rejects.toThrow(why);
  expect(await script('seq 2000 >&2; seq 2000')).toHaveLength(8893);
});
