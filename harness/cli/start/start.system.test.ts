/** The command line's own build, in a copy of the project. */
import { execa } from 'execa';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const START = ['harness/cli/start/start.mjs'];
/** Root that may only write where its files say so. Another user could not read a checkout below /root. */
const BOUND = ['setpriv', '--bounding-set', '-dac_override,-dac_read_search', '--'];

let copy = '';
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  await chmod(copy, 0o755);
  for (const part of ['harness', 'labs', 'servers', 'clients', 'docker', 'package.json']) {
    await cp(join(ROOT, part), join(copy, part), { recursive: true });
  }
  await mkdir(join(copy, 'node_modules'));
  for (const name of await readdir(join(ROOT, 'node_modules'))) {
    if (name.startsWith('.')) continue;
    await symlink(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name));
  }
});
afterAll(() => rm(copy, { recursive: true }));

async function list(...as: string[]): Promise<string> {
  const [file = '', ...args] = [...as, process.execPath, ...START];
  return (await execa(file, args, { cwd: copy })).stdout;
}

const builds = async (): Promise<string[]> =>
  (await readdir(join(copy, 'node_modules/.cache/socket-lab'))).filter((n) => !n.includes('.'));

test('runs without a build where none can be written', async () => {
  await chmod(join(copy, 'node_modules'), 0o555);
  expect(await list(...(process.getuid?.() === 0 ? BOUND : []))).toContain('wrong-port');
  await chmod(join(copy, 'node_modules'), 0o755);
  await expect(builds()).rejects.toThrow('ENOENT');
});

test('is built once, and again when a source changes, a lab is added or goes', async () => {
  const first = await list();
  expect(first).toContain('wrong-port');
  expect(await list()).toBe(first);
  expect(await builds()).toHaveLength(1);

  const bind = join(copy, 'labs/bind.ts');
  const text = await readFile(bind, 'utf8');
  const title = /title: '(.*)'/.exec(text)?.[1] ?? '';
  await writeFile(bind, text.replace(title, 'Another title'));
  expect(await list()).toBe(first.replace(title, 'Another title'));
  expect(await builds()).toHaveLength(2);

  await writeFile(join(copy, 'labs/new-one.ts'), text.replace("'bind'", "'new-one'"));
  expect(await list()).toContain(`new-one`);
  // One that cannot be built breaks only itself.
  await writeFile(join(copy, 'labs/new-one.ts'), `${text}\n}`);
  const broken = await execa(process.execPath, START, { cwd: copy, reject: false });
  expect(broken.stdout).toContain('wrong-port');
  expect(broken.stdout).not.toContain('new-one');
  expect(broken.stderr).toMatch(/^lab: labs\/new-one\.ts:\d+: [^\n]+$/);
  expect(broken.exitCode).toBe(2);
  await rm(join(copy, 'labs/new-one.ts'));
  expect(await list()).not.toContain('new-one');
  expect(await list()).toContain('Another title');
  // Four builds, on a machine that may be busy.
}, 120_000);

/** What is there when a source of ours ends in the middle, as a download or a disk may have it. */
async function cut(file: string, during: () => Promise<void>): Promise<void> {
  const path = join(copy, file);
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.slice(0, text.lastIndexOf('}')));
  await during().finally(() => writeFile(path, text));
}

test('a broken source of the command is named in one line, and exits with 3', async () => {
  await cut('harness/run/run.ts', async () => {
    const args = [...START, 'list'];
    const { stderr, exitCode } = await execa(process.execPath, args, { cwd: copy, reject: false });
    expect(stderr).toMatch(
      /^lab: Socket Lab cannot be started: harness\/run\/run\.ts:\d+: Unexpected end of file$/,
    );
    expect(exitCode).toBe(3);
  });
});

test.each(['harness/agent/host.ts', 'servers/echo-server.ts'])(
  'a broken %s, which runs in a host, breaks off the run in one line',
  async (file) => {
    await cut(file, async () => {
      const args = [
        ...START,
        'handshake',
        '--backend',
        'netns',
        '--out',
        join(copy, 'out', String(file.length)),
      ];
      const { stdout, stderr, exitCode } = await execa(process.execPath, args, {
        ...{ cwd: copy, reject: false },
        env: { LC_ALL: '', LC_MESSAGES: 'C' },
      });
      expect(`${stdout}\n${stderr}`.replace(/\s+/g, ' ')).toMatch(
        new RegExp(`cannot prepare the programs: ${file}:\\d+: Unexpected end of file(?!;)`),
      );
      expect(exitCode).toBe(3);
    });
  },
  60_000,
);
