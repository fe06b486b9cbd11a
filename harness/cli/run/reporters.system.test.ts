/** `--reporter` through the real command line, with real hosts (network namespaces). */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JsonReport } from '../../present/machine/json-schema.ts';
import { readKtap } from '../../present/machine/ktap.fixture.ts';
import { lab, programsOf } from '../cli.fixture.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

const NETNS = ['--backend', 'netns'];
const NAMES = ['json', 'junit', 'ktap', 'tap', 'ctrf', 'github'];

/** Every report in a file of its own, and GitHub's summary in one that has something in it. */
async function asked(name: string) {
  const at = join(dir, name);
  const summary = join(dir, `${name}.md`);
  await writeFile(summary, 'before\n');
  const options = NAMES.flatMap((reporter) => ['--reporter', `${reporter}=${at}/${reporter}`]);
  const read = async (reporter: string) => readFile(join(at, reporter), 'utf8');
  return {
    args: [...NETNS, '--out', join(at, 'bundle'), ...options],
    env: { GITHUB_STEP_SUMMARY: summary },
    read,
    json: async () => JsonReport.parse(JSON.parse(await read('json'))),
    summary: () => readFile(summary, 'utf8'),
  };
}

/** Runs a lab that it does not leave alone: `meddle` comes as soon as something was expected. */
async function meddled(
  args: string[],
  env: NodeJS.ProcessEnv,
  meddle: (run: { pid: number; token: string }) => void,
) {
  const { child, run } = lab([...args, '--json'], env);
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('"verdict":"met"')) continue;
    meddle(run);
    break;
  }
  child.stdout.resume();
  return child;
}

it('a lab that passes: all reports, each in its file, and the result for people on stdout', async () => {
  const { args, env, read, json, summary } = await asked('passed');
  const { stdout, stderr, exitCode } = await lab(['wrong-port', ...args], env).child;
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toMatch(/passed: all \d+ checks, in /);
  const report = await json();
  expect(report.counts.passed).toBe(1);
  const [own] = report.labs;
  expect(own?.status).toBe('passed');
  const there = await readdir(own?.bundle?.folder ?? '');
  expect(own?.bundle?.files.sort()).toEqual(there.filter((name) => !name.startsWith('.')));
  expect(await read('junit')).toMatch(/<testsuites [^>]*failures="0" errors="0">/);
  expect(await read('tap')).toMatch(/^ok 1 - wrong-port$/m);
  expect(await read('ktap')).toMatch(/^ok 1 wrong-port$/m);
  expect(await read('ctrf')).toContain('"failed": 0');
  expect(await read('github')).toBe('');
  expect(await summary()).toMatch(/^before\n## Socket Lab: 1 passed\n/);
});

it('without a file it has stdout for itself; people read stderr', async () => {
  const args = ['wrong-port', ...NETNS, '--out', join(dir, 'stdout'), '--reporter', 'ktap'];
  const { stdout, stderr, exitCode } = await lab(args).child;
  expect(exitCode, stderr).toBe(0);
  const [own] = readKtap(stdout);
  expect(own).toMatchObject({ ok: true, description: 'wrong-port' });
  expect(stderr).toMatch(/passed: all \d+ checks, in /);
});

it(
  'a lab whose server is killed fails, with an annotation at its line',
  { timeout: 60_000 },
  async () => {
    const { args, env, read, json, summary } = await asked('failed');
    const { exitCode, stderr } = await meddled(['wrong-port', ...args], env, (run) => {
      for (const pid of programsOf(run, 'echo-server')) process.kill(pid, 'SIGKILL');
    });
    expect(exitCode, stderr).toBe(1);
    const { labs } = await json();
    expect(labs[0]?.message).toContain('expected sockets of the server: 1 LISTEN, saw none');
    const source = (await readFile('labs/wrong-port.ts', 'utf8')).split('\n');
    const line = source.findIndex((text) => text.includes('expect(server.sockets())')) + 1;
    const annotation = await read('github');
    expect(annotation).toMatch(/^::error file=labs\/wrong-port\.ts,line=\d+,title=wrong-port%3A /);
    expect(annotation).toContain(`line=${line},`);
    expect(await read('junit')).toMatch(
      /<failure type="(failed|timeout)" message="expected sockets of the server: /,
    );
    expect(await read('tap')).toMatch(/^not ok 1 - wrong-port$/m);
    expect(await summary()).toMatch(/### wrong-port: [^]*SYN seq=x[^]*│ SYN-SENT/);
  },
);

it(
  'a lab whose host dies could not be tried: that is no failure',
  { timeout: 60_000 },
  async () => {
    const { args, env, read, json, summary } = await asked('broken');
    const { exitCode, stderr } = await meddled(['time-wait', ...args], env, (run) => {
      for (const pid of programsOf(run, 'agent')) process.kill(pid, 'SIGKILL');
    });
    expect(exitCode, stderr).toBe(3);
    expect((await json()).labs[0]).toMatchObject({
      status: 'broken',
      message: expect.stringMatching(/^the (server|client) died during the run$/) as string,
    });
    expect(await read('junit')).toMatch(/failures="0" errors="1"/);
    expect(await read('ktap')).toMatch(/^not ok 1 time-wait # ERROR the (server|client) died/m);
    expect(await read('github')).toContain('title=time-wait%3A could not be tried::');
    expect(await summary()).toContain('1 could not be tried');
  },
);

it(
  'a run that is interrupted is reported too, with what was not run',
  { timeout: 60_000 },
  async () => {
    const { args, env, read, json } = await asked('interrupted');
    const labs = ['time-wait', 'wrong-port', '-j', '1'];
    const { exitCode, stderr } = await meddled([...labs, ...args], env, ({ pid }) => {
      process.kill(pid, 'SIGINT');
    });
    expect(exitCode, stderr).toBe(130);
    const report = await json();
    expect(report.labs.map((one) => [one.lab, one.status])).toEqual([
      ['time-wait', 'interrupted'],
      ['wrong-port', 'not run'],
    ]);
    expect(await read('tap')).toMatch(
      /^not ok 1 - time-wait$[^]*^ok 2 - wrong-port # SKIP[^]*^Bail out!/m,
    );
    expect(await read('junit')).toMatch(/<error type="interrupted"[^]*<skipped type="skipped"/);
  },
);

it('a run that this machine cannot even begin is reported: it could not be tried', async () => {
  const { args, env, read, json } = await asked('unable');
  const nowhere = { ...env, DOCKER_HOST: 'unix:///nowhere/docker.sock' };
  const options = ['bind', ...args, '--backend', 'docker'];
  const { stdout, stderr, exitCode } = await lab(options, nowhere).child;
  expect(stderr).toMatch(/^lab: no Docker daemon answers: [^\n]+\n$/);
  expect([stdout, exitCode]).toEqual(['', 3]);
  expect((await json()).labs[0]).toMatchObject({ lab: 'bind', status: 'broken' });
  expect(await read('junit')).toMatch(/<error type="broken" message="no Docker daemon answers/);
});

describe('refuses in one line, before anything is started', () => {
  it.each([
    [
      ['--reporter', 'xunit'],
      /--reporter is 'xunit'; it is one of: json, junit, ktap, tap, ctrf, github/,
    ],
    [['--reporter', 'tap='], /an option lacks its value: --reporter tap=FILE/],
    [
      ['--reporter', 'tap', '--reporter', 'ktap'],
      /--reporter tap and --reporter ktap cannot both have stdout: give --reporter ktap=FILE/,
    ],
    [['--reporter', 'tap', '--json'], /--json and --reporter tap cannot both have stdout/],
    [['--reporter', 'tap=x', '--reporter', 'ktap=./x'], /cannot both have \/.*\/x: /],
    [
      ['--reporter', 'tap=/proc/x'],
      /cannot write to \/proc\/x \(\w+\), where --reporter tap is to go/,
    ],
    [['--reporter', 'tap=/proc/x/y'], /cannot write to \/proc\/x\/y \(\w+\)/],
    [['--reporter', 'tap=labs'], /cannot write to labs \(EISDIR\)/],
  ])('%j', async (args, says) => {
    const { stdout, stderr, exitCode } = await lab(['bind', ...NETNS, ...args]).child;
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/^lab: [^\n]+\n$/);
    expect([stdout, exitCode]).toEqual(['', 2]);
  });

  it('a summary that cannot be written, and a reporter without a lab', async () => {
    const env = { GITHUB_STEP_SUMMARY: '/proc/x' };
    const github = await lab(['bind', ...NETNS, '--reporter', 'github'], env).child;
    expect(github.stderr).toMatch(/^lab: cannot write to \/proc\/x .*GITHUB_STEP_SUMMARY[^\n]*\n$/);
    const none = await lab(['--reporter', 'tap']).child;
    expect(none.stderr).toBe('lab: --reporter needs labs to run: name some, or --all\n');
    expect([github.exitCode, none.exitCode]).toEqual([2, 2]);
  });

  it('leaves no trace where it looked whether it can write', async () => {
    const file = join(dir, 'new', 'deep', 'report');
    await lab(['bind', ...NETNS, '--reporter', `tap=${file}`, '--reporter', 'nonsense']).child;
    await lab(['bind', ...NETNS, '--reporter', `tap=${file}`, '--reporter', 'ktap=/proc/x']).child;
    await expect(readdir(join(dir, 'new'))).rejects.toThrow('ENOENT');
  });
});
