/** Whatever hangs, a run ends: with a line that names what it has waited for, and with nothing left. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftBehind } from '../testing/left-behind.ts';
import { HELPERS, processesOf } from '../testing/processes.ts';
import { inChroot, lab } from './cli.fixture.ts';

/** Milliseconds: 2 s, and what a busy machine takes beside. */
const AT_ONCE = 5000;

const isRoot = process.getuid?.() === 0;

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

let runs = 0;

/** Starts a lab and stops the first of its processes with such a command line when a step begins. */
async function stopped(name: string, command: RegExp) {
  const out = join(dir, String(++runs));
  const started = lab([name, '--json', '--backend', 'netns', '--out', out]);
  for await (const line of createInterface({ input: started.child.stdout }))
    if (line.includes('"type":"step"')) break;
  started.child.stdout.resume();
  const [pid] = processesOf(started.run, command);
  if (pid === undefined) throw new Error(`no process ${String(command)}`);
  process.kill(pid, 'SIGSTOP');
  return started;
}

it('names what it has waited for, and leaves nothing', { timeout: 240_000 }, async () => {
  const hanging: [RegExp, RegExp][] = [
    [HELPERS.agent, /waited 20 s for the (server|client) to answer '\w+'/],
    [HELPERS.tcpdump, /waited 20 s for tcpdump at the (server|client) to show a marker/],
  ];
  if (isRoot) {
    const mark = /waited 20 s for the kernel's tracepoint to show a mark/;
    hanging.push([HELPERS['reader of the tracepoint'], mark]);
  }
  await Promise.all(
    hanging.map(async ([helper, message]) => {
      // A lab that awaits little that has a patience of its own.
      const { child, run } = await stopped('bind', helper);
      const { exitCode, stderr } = await child;
      expect(exitCode, stderr).toBe(3);
      expect(stderr.replace(/\s+/g, ' ')).toMatch(message);
      expect(await leftBehind(run, 'netns')).toEqual([]);
    }),
  );
});

it('ends on Ctrl-C at once', { timeout: 120_000 }, async () => {
  const { child, run } = await stopped('time-wait', HELPERS.agent);
  await delay(300);
  const began = performance.now();
  child.kill('SIGINT');
  const { exitCode, stderr } = await child;
  expect(performance.now() - began).toBeLessThan(AT_ONCE);
  expect(exitCode, stderr).toBe(130);
  expect(stderr).toContain('nothing is left behind');
  expect(await leftBehind(run, 'netns')).toEqual([]);
});

describe('where a daemon takes every request and answers none', { timeout: 60_000 }, () => {
  const path = (): string => join(dir, 'docker.sock');
  const server = createServer(() => undefined);
  beforeAll(() => new Promise<void>((resolve) => server.listen(path(), resolve)));
  afterAll(() => {
    server.close();
  });

  it.each([[['wrong-port', '--backend', 'docker']], [['states', '--backend', 'docker']]])(
    '%s says so',
    async (args) => {
      const { child } = lab(args, { DOCKER_HOST: `unix://${path()}` });
      const { exitCode, stderr } = await child;
      expect(exitCode, stderr).toBe(3);
      expect(stderr).toMatch(
        /^lab: no Docker daemon answers: waited 3 s for the daemon to answer GET \/version; .*\n$/,
      );
    },
  );

  it('doctor says so', async () => {
    const { child } = lab(['doctor'], { DOCKER_HOST: `unix://${path()}` });
    const { stdout } = await child;
    expect(stdout).toMatch(/^missing +Docker +no Docker daemon answers: waited 3 s for /m);
  });

  it('image ends on Ctrl-C at once', async () => {
    const { child } = lab(['image'], { DOCKER_HOST: `unix://${path()}` });
    await new Promise((resolve) => server.once('connection', resolve));
    const began = performance.now();
    child.kill('SIGINT');
    const { exitCode, stderr } = await child;
    expect(performance.now() - began).toBeLessThan(AT_ONCE);
    expect(exitCode, stderr).toBe(130);
  });
});

describe.runIf(isRoot)('where no host can be made (a chroot whose root is no mount point)', () => {
  it('a run says why', { timeout: 60_000 }, async () => {
    const args = ['wrong-port', '--backend', 'netns', '--out', join(dir, 'chroot')];
    const { exitCode, stdout } = await inChroot(args, join(dir, 'root'));
    expect(exitCode, stdout).toBe(3);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /cannot make network namespaces: unshare: cannot change root filesystem propagation/,
    );
    expect(stdout).toContain('npm run lab -- doctor');
  });

  it('doctor says why, and what would help', { timeout: 60_000 }, async () => {
    // A daemon outside of it would make the hosts.
    const withoutDocker = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };
    const { exitCode, stdout } = await inChroot(['doctor'], join(dir, 'root'), withoutDocker);
    expect(exitCode, stdout).toBe(3);
    expect(stdout).toMatch(/^missing +namespaces .*cannot change root.*fix: .*mount --bind/m);
  });
});
