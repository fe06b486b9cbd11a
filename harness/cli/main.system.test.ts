/** The real command line, without starting hosts: what it says and what it exits with. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAll } from '../catalogue/catalogue.ts';
import { lab } from './cli.fixture.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  await writeFile(join(dir, 'file'), '');
});
afterAll(() => rm(dir, { recursive: true }));

it('lists the labs with their titles, a section after the other, and where to start', async () => {
  const { labs } = await loadAll();
  const { stdout, stderr, exitCode } = await lab([]).child;
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toBe('');
  const [start, ...lines] = stdout.trimEnd().split('\n');
  expect(start).toMatch(/Start here: npm run lab -- handshake$/);
  const listed = lines.filter((line) => line.startsWith('  ')).map((line) => line.trim());
  expect(listed.map((line) => line.split(/ {2,}/))).toEqual(labs.map((l) => [l.name, l.title]));
  const headings = lines.filter((line) => /^\S/.test(line));
  expect(headings).toEqual([...new Set(labs.map(({ section }) => section))]);
});

it('explains itself: labs, commands, examples, exit codes', async () => {
  const { stdout, exitCode } = await lab(['--help']).child;
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Usage: npm run lab -- \[options\] \[command\] \[lab\.\.\.\]$/m);
  for (const word of ['--backend', '--json', 'doctor', 'clean', 'verify', 'Examples:', '130']) {
    expect(stdout).toContain(word);
  }
});

interface Refusal {
  args: string[];
  env?: NodeJS.ProcessEnv;
  code: number;
  says: RegExp;
}

const NOWHERE = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

const REFUSALS: Refusal[] = [
  {
    args: ['wrng-port'],
    code: 2,
    says: /unknown lab 'wrng-port'; did you mean 'wrong-port'\?$/m,
  },
  { args: ['docter'], code: 2, says: /unknown lab 'docter'; did you mean 'doctor'\?$/m },
  {
    args: ['zzzzzzzzz'],
    code: 2,
    says: /unknown lab 'zzzzzzzzz'; all are listed by: npm run lab -- list$/m,
  },
  { args: ['--bakend', 'netns'], code: 2, says: /'--bakend'; did you mean '--backend'\?$/m },
  {
    args: ['bind', '--backend', 'vm'],
    code: 2,
    says: /--backend is 'vm'; it is one of: auto, docker, netns$/m,
  },
  {
    args: ['bind'],
    env: { SOCKET_LAB_BACKEND: 'vm' },
    code: 2,
    says: /SOCKET_LAB_BACKEND is 'vm'; it is one of: auto, docker, netns/,
  },
  { args: ['bind', '-j', '0'], code: 2, says: /whole number from 1 to 64/ },
  { args: ['bind', '-j', '2x'], code: 2, says: /whole number from 1 to 64/ },
  { args: ['--slow'], code: 2, says: /--slow needs labs to run/ },
  { args: ['--all', 'bind'], code: 2, says: /--all runs every lab: leave out bind/ },
  { args: ['--json', 'doctor'], code: 2, says: /--json is for running labs, not for doctor/ },
  { args: ['doctor', '--json'], code: 2, says: /unknown option '--json'/ },
  { args: ['doctor', 'bind'], code: 2, says: /'doctor' takes no argument, not 1$/m },
  { args: ['list', 'bnd'], code: 2, says: /unknown lab 'bnd'; did you mean 'bind'/ },
  { args: ['harness'], code: 2, says: /unknown lab 'harness'; did you mean '\.\/harness'/ },
  { args: ['./none.lab.ts'], code: 2, says: /none\.lab\.ts: there is no such file or folder/ },
  { args: ['--all', './harness'], code: 2, says: /harness: there is no lab in this folder/ },
  { args: ['--all', './none.lab.ts'], code: 2, says: /--all runs every lab: leave out .*none/ },
  {
    args: ['harness/told.ts'],
    code: 2,
    says: /harness\/told\.ts: its default export is not a lab/,
  },
  { args: ['new', 'bind'], code: 2, says: /'bind' is taken/ },
  { args: ['new', 'Mine'], code: 2, says: /'Mine' cannot be a lab's name/ },
  { args: ['new', '/proc/mine'], code: 2, says: /cannot write to \/proc \(E/ },
  { args: ['coverage', 'runs', 'x.ts'], code: 2, says: /of labs or of bundles/ },
  { args: ['completion'], code: 2, says: /'completion' needs <bash\|zsh\|fish>$/m },
  {
    args: ['completion', 'ksh'],
    code: 2,
    says: /bash\|zsh\|fish is 'ksh'; it is one of: bash, zsh, fish$/m,
  },
  {
    args: ['image', '--offline', '--prune'],
    code: 2,
    says: /--offline and --prune exclude each other/,
  },
  { args: ['image'], env: NOWHERE, code: 3, says: /Docker does not answer: .*; start its daemon/ },
  { args: ['verify'], code: 2, says: /'verify' needs <dir>$/m },
  { args: ['verify', '/nowhere'], code: 2, says: /\/nowhere is not a bundle: .*manifest\.json/ },
  {
    args: ['bind', '--backend', 'docker'],
    env: NOWHERE,
    code: 3,
    says: /no Docker daemon answers.*\/nowhere\/docker\.sock.*netns/,
  },
  {
    args: ['bind', '--backend', 'netns'],
    env: { PATH: '/nowhere' },
    code: 3,
    says: /not installed: .*unshare.*; npm run setup/,
  },
];

describe('refuses in one line, before anything is started', () => {
  it.each(REFUSALS)('$args $env', async ({ args, env, code, says }) => {
    const { stdout, stderr, exitCode } = await lab(args, env).child;
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/^lab: [^\n]+\n$/);
    expect(stdout).toBe('');
    expect(exitCode).toBe(code);
  });

  it('a folder that is not empty, and one that cannot be', async () => {
    const to = (out: string) => lab(['bind', '--backend', 'netns', '--out', out]).child;
    const full = await to(dir);
    expect(full.stderr).toMatch(/^lab: .* is not empty; [^\n]+\n$/);
    const impossible = await to(join(dir, 'file', 'below'));
    expect(impossible.stderr).toMatch(/^lab: cannot write to .*ENOTDIR[^\n]+\n$/);
    expect([full.exitCode, impossible.exitCode]).toEqual([2, 2]);
  });
});

it('doctor names what this machine can do, and a way to run labs', async () => {
  const { stdout, exitCode } = await lab(['doctor'], NOWHERE).child;
  const lines = stdout.split('\n');
  expect(lines).toContainEqual(
    expect.stringMatching(/^missing +Docker +no Docker daemon answers.*fix: /),
  );
  expect(lines).toContainEqual(expect.stringMatching(/^ok +namespaces +a run was tried/));
  expect(lines).toContainEqual(expect.stringMatching(/^ok +tcpdump +tcpdump version \d/));
  expect(lines.at(-2)).toBe('Labs run here on: netns');
  expect(exitCode).toBe(0);
});

it('doctor exits with 3 when no backend can be used, and says how to mend that', async () => {
  const { stdout, exitCode } = await lab(['doctor'], { ...NOWHERE, PATH: '/nowhere' }).child;
  expect(stdout).toMatch(/^missing +unshare +not installed; fix: npm run setup$/m);
  expect(stdout).toMatch(/No lab can run here yet/);
  expect(exitCode).toBe(3);
});

it('clean is content when there is no Docker', async () => {
  const { stdout, exitCode } = await lab(['clean'], NOWHERE).child;
  expect(stdout).toMatch(/^Docker is left out: no Docker daemon answers/);
  expect(exitCode).toBe(0);
});
