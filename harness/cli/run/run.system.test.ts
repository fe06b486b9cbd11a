/** The real command line with real hosts (network namespaces). */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leftBehind } from '../../testing/left-behind.ts';
import { lab, programsOf } from '../cli.fixture.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

const ESCAPE = '\u001b[';
const NETNS = ['--backend', 'netns'];

it('tells a run from claim to verdict on stdout, and nothing of it again on stderr', async () => {
  const out = join(dir, 'told');
  const { stdout, stderr, exitCode } = await lab(['wrong-port', ...NETNS, '--out', out]).child;
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toMatch(/^wrong-port: Nobody listens there/);
  expect(stdout).toMatch(/^netns, Linux \S+, server 10\./m);
  expect(stdout).toMatch(/^ +\d\.\d+ +\S<\S+ SYN seq=x mss=1460 \S+ SYN-SENT$/m);
  expect(stdout).toMatch(/^ +\d\.\d+ +\S+ RST\+ACK seq=0 ack=x\+1 .*>\S CLOSED$/m);
  expect(stdout).toMatch(/passed: all \d+ checks, in /);
  expect(stdout).toContain(`bundle: ${out}`);
  expect(stderr).toBe('');
  expect(stdout + stderr).not.toContain(ESCAPE);
  expect((await readdir(out)).sort()).toEqual([
    '.gitattributes',
    'client.pcap',
    'events.ndjson',
    'manifest.json',
    'report.html',
    'result.json',
    'server.pcap',
  ]);
});

it('with --json stdout is events and nothing else, as in the bundles, also of labs in parallel', async () => {
  const out = join(dir, 'json');
  const args = ['wrong-port', 'bind', '-j', '2', '--json', ...NETNS, '--out', out];
  const { stdout, stderr, exitCode } = await lab(args, { FORCE_COLOR: '1' }).child;
  expect(exitCode, stderr).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  const events = lines.map((line) => JSON.parse(line) as { lab: string; seq: number });
  for (const name of ['wrong-port', 'bind']) {
    const own = events.filter((event) => event.lab === name);
    expect(own.map(({ seq }) => seq)).toEqual(own.map((_, i) => i));
    const written = await readFile(join(out, name, 'events.ndjson'), 'utf8');
    expect(own).toHaveLength(written.trimEnd().split('\n').length);
  }
  expect(stderr).toContain('wrong-port: Nobody listens there');
  expect(stderr).toContain('2 passed');
  expect(stderr).toContain(ESCAPE);
});

it('NO_COLOR wins over FORCE_COLOR', async () => {
  const env = { NO_COLOR: '1', FORCE_COLOR: '1' };
  const out = join(dir, 'plain');
  const { stdout } = await lab(['wrong-port', ...NETNS, '--out', out], env).child;
  expect(stdout).toContain('passed');
  expect(stdout).not.toContain(ESCAPE);
});

it('runs begun in the same second have bundles of their own under runs/', async () => {
  const runs = [1, 2].map(() => lab(['wrong-port', ...NETNS]).child);
  const folders: string[] = [];
  for (const run of runs) {
    const { stdout } = await run;
    folders.push(/bundle: (runs\/wrong-port-\d{8}-\d{6}\S*)/.exec(stdout)?.[1] ?? '');
  }
  try {
    expect(new Set(folders).size).toBe(2);
    expect(folders).not.toContain('');
  } finally {
    for (const folder of folders) if (folder !== '') await rm(folder, { recursive: true });
  }
});

it(
  'a lab whose server is killed fails: 1, with the message; verify says the same',
  { timeout: 60_000 },
  async () => {
    const out = join(dir, 'faulty');
    const { child, run } = lab(['wrong-port', '--json', ...NETNS, '--out', out]);
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.includes('"verdict":"met"')) continue;
      for (const pid of programsOf(run, 'echo-server')) process.kill(pid, 'SIGKILL');
      break;
    }
    child.stdout.resume();
    const { stderr, exitCode } = await child;
    expect(exitCode, stderr).toBe(1);
    expect(stderr).toContain('expected sockets of the server: 1 LISTEN, saw none');
    const verified = await lab(['verify', out]).child;
    expect(verified.stdout).toContain('wrong-port failed; replayed');
    expect(verified.exitCode, verified.stderr).toBe(1);
  },
);

it.each([
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const)('%s again and again: %i, nothing left', async (signal, code) => {
  const out = join(dir, signal);
  const { child, run } = lab([
    'time-wait',
    'wrong-port',
    '-j',
    '1',
    '--json',
    ...NETNS,
    '--out',
    out,
  ]);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"type":"expect"')) break;
  }
  child.stdout.resume();
  const again = setInterval(() => process.kill(run.pid, signal), 20);
  process.kill(run.pid, signal);
  child.once('exit', () => {
    clearInterval(again);
  });
  const { exitCode, stderr } = await child;
  expect(exitCode, stderr).toBe(code);
  expect(stderr).toContain('time-wait: interrupted');
  expect(stderr).toContain('not run: interrupted');
  expect(await leftBehind(run, 'netns')).toEqual([]);
  // What had come until then is there, and says that it is no more.
  expect(await readdir(out)).toEqual(['index.html', 'time-wait']);
  const verified = await lab(['verify', join(out, 'time-wait')]).child;
  expect(verified.stdout).toContain('time-wait interrupted; replayed');
  expect(verified.exitCode, verified.stderr).toBe(130);
});

it('when nobody reads the events any more it ends, and leaves nothing', async () => {
  const { child, run } = lab(['time-wait', '--json', ...NETNS, '--out', join(dir, 'unread')]);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"type":"expect"')) break;
  }
  child.stdout.destroy();
  const { exitCode, stderr } = await child;
  expect(exitCode, stderr).toBe(130);
  expect(await leftBehind(run, 'netns')).toEqual([]);
});

it('a result that nobody reads is no failure (| head)', async () => {
  const { child, run } = lab(['wrong-port', ...NETNS, '--out', join(dir, 'head')]);
  child.stdout.destroy();
  const { exitCode, stderr } = await child;
  expect(exitCode, stderr).toBe(0);
  expect(await leftBehind(run, 'netns')).toEqual([]);
});
