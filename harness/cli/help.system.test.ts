/** What `--help` shows as examples is true: all of them parse, and those that start no lab work. */
import type { Command } from 'commander';
import { execa } from 'execa';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labNames } from '../catalogue/catalogue.ts';
import { lab } from './cli.fixture.ts';
import { EXAMPLES } from './help.ts';
import { buildCommands } from './commands.ts';

const START = fileURLToPath(new URL('start/start.mjs', import.meta.url));

/** Lines that start hosts, build or need a container, remove what is not this test's, or open a browser. */
const NOT_TRIED = /--backend docker|^image|^clean|--open/;

const named = Object.entries(EXAMPLES);
const tried = named
  .filter(([name]) => name !== 'run')
  .flatMap(([, examples]) => examples.map(({ line }) => line))
  .filter((line) => !NOT_TRIED.test(line));

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  const homes = ['.local/share/bash-completion/completions', '.zfunc', '.config/fish/completions'];
  for (const home of homes) await mkdir(join(dir, home), { recursive: true });
  const out = join(dir, 'runs/time-wait-20261121-171400');
  const { exitCode, stderr } = await lab(['time-wait', '--backend', 'netns', '--out', out]).child;
  expect(exitCode, stderr).toBe(0);
  await copyFile(join(out, 'server.pcap'), join(dir, 'capture.pcap'));
  expect((await lab(['new', join(dir, 'my')]).child).exitCode).toBe(0);
});
afterAll(() => rm(dir, { recursive: true }));

it('every command has some', () => {
  const commands = buildCommands(() => undefined).commands.map((command) => command.name());
  expect(Object.keys(EXAMPLES).sort()).toEqual([...commands, 'run'].sort());
  for (const [name, examples] of named) expect(examples.length, name).toBeGreaterThan(1);
});

it.each(named)('%s --help ends with them, within 100 columns', async (name, examples) => {
  const { stdout } = await lab([...(name === 'run' ? [] : [name]), '--help']).child;
  const text = stdout.slice(stdout.indexOf('Examples:')).replace(/\s+/g, ' ');
  for (const { line, does } of examples) expect(text).toContain(`lab -- ${line} ${does}`);
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
});

describe('parse', () => {
  it.each(named.flatMap(([name, examples]) => examples.map(({ line }) => [line, name])))(
    '%s',
    async (line, name) => {
      const called: string[] = [];
      const program = buildCommands(() => undefined);
      const words = (line.split(/ (?:[|>]|\|\|) /)[0] ?? '').split(' ');
      for (const command of [program, ...program.commands]) onlyNotes(command, called);
      await program.parseAsync(words, { from: 'user' });
      expect(called).toEqual([name === 'run' ? program.name() : name]);
      if (name !== 'run') return;
      const known = [...(await labNames()), './my.lab.ts'];
      for (const named of program.args) expect(known).toContain(named);
    },
  );
});

function onlyNotes(command: Command, called: string[]): void {
  command.action(() => {
    called.push(command.name());
  });
}

describe('work', () => {
  it.each(tried)('%s', async (line) => {
    const shell = `set -o pipefail; socket-lab() { "${process.execPath}" "${START}" "$@"; }; socket-lab ${line}`;
    const result = await execa('bash', ['-c', shell], {
      cwd: dir,
      env: { HOME: dir },
      reject: false,
    });
    // One run has not shown every edge; and it may be that nothing is missing.
    const codes = line === 'coverage runs/*' || line.includes('grep') ? [0, 1] : [0];
    expect(codes, `${result.stdout}\n${result.stderr}`).toContain(result.exitCode);
    expect(result.stderr).toBe('');
  });
});
