/** Labs that stand anywhere: as whoever wrote them runs them, and when there is a mistake in them. */
import { execa } from 'execa';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backendsUnderTest } from '../../testing/backends.ts';
import { ROOT } from '../../installation.ts';
import { lab } from '../cli.fixture.ts';
import { atTerminal } from './walk/walk.fixture.ts';

const backends = await backendsUnderTest();

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** A lab's file, in a folder of its own in which nothing is installed; its body begins in line 4. */
async function written(name: string, body: string): Promise<string> {
  const folder = join(dir, name);
  await mkdir(folder, { recursive: true });
  const about = `name: '${name}', title: 'Mine', explanation: 'It is.', sources: []`;
  const lines = [
    `import { lab } from 'socket-lab';`,
    `export default lab({ ${about} },`,
    `async ({ server, client, wire, step, expect }) => {`,
    body,
    `});`,
  ];
  const file = join(folder, `${name}.lab.ts`);
  await writeFile(file, lines.join('\n'));
  return file;
}

const GOOD = `const shell = await client.shell();
  await shell.does(\`
    socket                = 3
    connect 3 server:6000 = ECONNREFUSED
  \`);`;

describe.each(backends)('with $name', ({ name: backend }) => {
  test('a lab in a folder of its own runs, and is verified', { timeout: 120_000 }, async () => {
    const file = await written(`good-${backend}`, GOOD);
    const out = join(dir, `out-${backend}`);
    const { exitCode, stdout, stderr } = await lab([...[file, '--backend', backend, '--out', out]])
      .child;
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain('✓ passed: all 2 checks, in');
    const verified = await lab(['verify', out, '--lab', file]).child;
    expect(verified).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('it is walked as ours are, a segment at a time', { timeout: 120_000 }, async () => {
    const file = await written(`walked-${backend}`, GOOD);
    const out = join(dir, `walked-out-${backend}`);
    const { asked, press, ended } = atTerminal([
      ...[file, '--step', '--backend', backend, '--out', out],
    ]);
    let stops = 0;
    for (; await asked(); stops++) press('\r');
    const { status, screen } = await ended;
    expect({ status, stops }, screen).toEqual({ status: 0, stops: 2 });
    expect(screen).toMatch(/waits: client > server {2}SYN {2}seq=x/);
    expect(screen).toMatch(/waits: server > client {2}RST\+ACK/);
    const verified = await lab(['verify', out, '--lab', file]).child;
    expect(verified).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

test.runIf(process.getuid?.() === 0)(
  'an ordinary user runs it, with a namespace of their own',
  { timeout: 120_000 },
  async () => {
    const file = await written('ordinary', GOOD);
    const out = join(dir, 'ordinary', 'run');
    // Nobody to whom any file belongs but our own: a checkout below /root can be read, too.
    const user = ['--user', '--map-user', '65534', '--map-group', '65534', '--'];
    const words = [process.execPath, 'harness/cli/start/start.mjs', file, '--backend', 'netns'];
    const { exitCode, all } = await execa('unshare', [...user, ...words, '--out', out], {
      ...{ cwd: ROOT, env: { LANG: 'C.UTF-8' }, reject: false, all: true },
    });
    expect(exitCode, all).toBe(0);
    expect(all).toContain('✓ passed: all 2 checks, in');
  },
);

describe('a mistake in a lab is told with its line; one in what it writes exits with 2', () => {
  test.each<[string, string, RegExp, number?]>([
    [
      'unknown',
      `await wire.hodl();`,
      /[a-z-]+\.lab\.ts:4: TypeError: wire\.hodl is not a function/,
    ],
    [
      'undefined-value',
      `const shell = await server.shell();\nconst none = undefined;\nawait shell.does(none.port);`,
      /[a-z-]+\.lab\.ts:6: TypeError: Cannot read properties of undefined \(reading 'port'\)/,
    ],
    [
      'rejected',
      `await step('at work', async () => {\n  await Promise.reject(new RangeError('too far'));\n});`,
      /[a-z-]+\.lab\.ts:5: RangeError: too far/,
    ],
    [
      'unawaited',
      `void Promise.resolve().then(() => {\n  throw new RangeError('too late');\n});\nawait server.shell('socket = 3');`,
      /[a-z-]+\.lab\.ts:5: RangeError: too late/,
    ],
    ['no-error', `throw 'stop';`, /[a-z-]+\.lab\.ts: the lab threw 'stop', which is not an error/],
    [
      'script',
      `await server.shell('send 3 "hello = 5');`,
      /[a-z-]+\.lab\.ts:4: 'send 3 "hello = 5': its quotes do not fit/,
      2,
    ],
    [
      'misspelt',
      `const shell = await server.shell();\nawait shell.does(\`\n  socket = 3\n  lisen 3 5 = 0\n\`);`,
      /[a-z-]+\.lab\.ts:5: 'lisen 3 5': unknown call 'lisen'; did you mean 'listen'\?/,
      2,
    ],
    [
      'unbound',
      `await expect(wire).toHaveCarried({ serverPort: 6000 }, 'client > server  S  ack=x+1');`,
      /[a-z-]+\.lab\.ts:4: packet pattern, line 1, column 25: nothing has bound "x" before/,
      2,
    ],
    [
      'duration',
      `await wire.delay('fast', client);`,
      /[a-z-]+\.lab\.ts:4: 'fast' is not a duration/,
      2,
    ],
  ])('%s', { timeout: 120_000 }, async (name, body, message, code = 3) => {
    const file = await written(name, body);
    const out = join(dir, `${name}-run`);
    const { exitCode, stdout, stderr } = await lab([file, '--backend', 'netns', '--out', out])
      .child;
    expect(exitCode, stderr).toBe(code);
    expect(`${stdout}${stderr}`.replace(/\s+/g, ' ')).toMatch(message);
    // No trace of ours, and the bundle says the same.
    expect(`${stdout}${stderr}`).not.toMatch(/^\s+at /m);
    const verified = await lab(['verify', out, '--lab', file]).child;
    expect(verified.exitCode, verified.stderr).toBe(3);
  });
});
