/** What Tab offers in the real shells. */
import { execa } from 'execa';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WANTED } from '../../backend/select.ts';
import { labNames } from '../../catalogue/catalogue.ts';
import { lab } from '../cli.fixture.ts';
import { COMMANDS, SHELLS, type Shell } from '../command-line.ts';

const TESTING = fileURLToPath(new URL('testing/', import.meta.url));

/** Each prints what is offered behind $2, the script being $1: one a line, more may follow it. */
const ASK: Readonly<Record<Shell, (script: string, line: string) => string[]>> = {
  bash: (script, line) => ['bash', '--norc', join(TESTING, 'complete.bash'), script, line],
  zsh: (script, line) => ['zsh', '-f', join(TESTING, 'complete.zsh'), script, line],
  fish: (script, line) => ['fish', '--no-config', join(TESTING, 'complete.fish'), script, line],
};

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  for (const shell of SHELLS) {
    const { stdout, stderr } = await lab(['completion', shell]).child;
    expect(stderr).toBe('');
    await writeFile(join(dir, shell), stdout);
  }
  for (const folder of ['runs/bind-1', 'runs/close 2', 'runs/no-bundle', 'elsewhere/bind-3']) {
    await mkdir(join(dir, folder), { recursive: true });
  }
  for (const bundle of ['runs/bind-1', 'runs/close 2']) {
    await writeFile(join(dir, bundle, 'manifest.json'), '{}');
  }
}, 60_000);
afterAll(() => rm(dir, { recursive: true }));

describe.each(SHELLS)('%s', (shell) => {
  /** Rejects when the shell is not there, or complains. */
  async function offered(line: string): Promise<string[]> {
    const [file = '', ...args] = ASK[shell](join(dir, shell), line);
    const { stdout, stderr } = await execa(file, args, { cwd: dir, env: { HOME: dir } });
    expect(stderr).toBe('');
    const words = stdout.split(/\r?\n/).map((word) => word.replace(/\t.*/, '').replace(/\/$/, ''));
    return [...new Set(words.filter((word) => word !== ''))].sort();
  }

  it('a command or a lab as the first word, labs after it', async () => {
    expect(await offered('socket-lab ')).toEqual([...COMMANDS, ...(await labNames())].sort());
    expect(await offered('socket-lab ver')).toEqual(['verify']);
    expect(await offered('socket-lab handshake wro')).toEqual(['wrong-port']);
    expect(await offered('socket-lab -j 4 wro')).toEqual(['wrong-port']);
  });

  it('options, those of the command', async () => {
    expect(await offered('socket-lab --j')).toEqual(['--jobs', '--json']);
    expect(await offered('socket-lab states --')).toEqual(['--backend', '--help', '--json']);
  });

  it('what an option can be', async () => {
    expect(await offered('socket-lab bind --backend ')).toEqual([...WANTED].sort());
    // fish offers the whole word again.
    const [value] = await offered('socket-lab bind --backend=ne');
    expect(value?.replace('--backend=', '')).toBe('netns');
    expect(await offered('socket-lab bind --out els')).toEqual(['elsewhere']);
  });

  it('what a command can be given', async () => {
    expect(await offered('socket-lab completion ')).toEqual([...SHELLS].sort());
    expect(await offered('socket-lab claims 00')).toEqual(['000', '001', '002', '003', '004']);
    expect(await offered('socket-lab claims --json wro')).toEqual(['wrong-port']);
  });

  it('stored bundles, or any folder', async () => {
    expect(await offered('socket-lab verify ')).toEqual(['runs/bind-1', 'runs/close 2']);
    expect(await offered('socket-lab coverage runs/b')).toEqual(['runs/bind-1']);
    expect(await offered('socket-lab verify els')).toEqual(['elsewhere']);
  });
});
