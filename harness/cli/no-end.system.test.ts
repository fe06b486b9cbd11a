/** Whatever hangs, a run ends: with a line that names what it has waited for, and with nothing left. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftBehind } from '../testing/left-behind.ts';
import { inChroot, lab, processesOf } from './cli.fixture.ts';

/** Milliseconds: 2 s, and what a busy machine takes beside. */
const AT_ONCE = 4000;

const isRoot = process.getuid?.() === 0;

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

let runs = 0;

/** Starts a lab and does something to the first of its processes with such a command line. */
async function meddled(command: RegExp, signal: NodeJS.Signals, when = '"type":"step"') {
  const out = join(dir, String(++runs));
  const started = lab(['time-wait', '--json', '--backend', 'netns', '--out', out]);
  for await (const line of createInterface({ input: started.child.stdout }))
    if (line.includes(when)) break;
  started.child.stdout.resume();
  let pid: number | undefined;
  while (pid === undefined) {
    await delay(5);
    [pid] = processesOf(started.run, command);
  }
  process.kill(pid, signal);
  return { ...started, at: performance.now() };
}

const AGENT = /^\S*node \S*agent\.cjs/;
const TCPDUMP = /^tcpdump /;
const LAUNCHER = /^sh -c echo 4096/;
const HOST = /^unshare --net --mount/;
const TRACER = /^sh -c set -e/;
const READER = /^cat \S*trace_pipe/;
const MARKER = /^sh -c while read -r mark/;

describe('Ctrl-C ends a run at once', () => {
  const stopped: [string, RegExp][] = [
    ['agent', AGENT],
    ['tcpdump', TCPDUMP],
    ['launcher of the hosts', LAUNCHER],
    ['parent of a host', HOST],
    ...(isRoot
      ? ([
          ['tracer', TRACER],
          ['reader of the tracepoint', READER],
          ['writer of its marks', MARKER],
        ] as [string, RegExp][])
      : []),
  ];
  it.concurrent.each(stopped)('with a stopped %s', { timeout: 60_000 }, async (_what, command) => {
    const { child, run } = await meddled(command, 'SIGSTOP');
    // What is awaited then may be awaited of the one that hangs.
    await delay(300);
    const began = performance.now();
    child.kill('SIGINT');
    const { exitCode, stderr } = await child;
    expect(performance.now() - began).toBeLessThan(AT_ONCE);
    expect(exitCode, stderr).toBe(130);
    expect(stderr).toContain('nothing is left behind');
    expect(await leftBehind(run, 'netns')).toEqual([]);
  });
});

describe('a run breaks off, and says what it has waited for, after a', () => {
  const stopped: [string, RegExp, RegExp][] = [
    ['stopped agent', AGENT, /waited 20 s for the (server|client) to answer '\w+'/],
    ['stopped tcpdump', TCPDUMP, /waited 20 s for tcpdump at the (server|client) to show a marker/],
    ...(isRoot
      ? ([['stopped reader', READER, /waited 20 s for the kernel's tracepoint to show a mark/]] as [
          string,
          RegExp,
          RegExp,
        ][])
      : []),
  ];
  it.concurrent.each(stopped)('%s', { timeout: 180_000 }, async (_what, command, message) => {
    const { child, run } = await meddled(command, 'SIGSTOP');
    const { exitCode, stderr } = await child;
    expect(exitCode, stderr).toBe(3);
    expect(stderr.replace(/\s+/g, ' ')).toMatch(message);
    expect(await leftBehind(run, 'netns')).toEqual([]);
  });

  it.concurrent('killed parent of a host, at once', { timeout: 60_000 }, async () => {
    const { child, run, at } = await meddled(HOST, 'SIGKILL', '"type":"run"');
    const { exitCode, stderr } = await child;
    expect(performance.now() - at).toBeLessThan(AT_ONCE);
    expect(exitCode, stderr).toBe(3);
    expect(await leftBehind(run, 'netns')).toEqual([]);
  });

  it.runIf(isRoot)('killed tracer, at once', { timeout: 60_000, concurrent: true }, async () => {
    const { child, run, at } = await meddled(TRACER, 'SIGKILL');
    const { exitCode, stderr } = await child;
    expect(performance.now() - at).toBeLessThan(AT_ONCE);
    expect(exitCode, stderr).toBe(3);
    expect(stderr).toContain("the kernel's tracepoint is lost: ");
    expect(await leftBehind(run, 'netns')).toEqual([]);
  });
});

it('a stopped program under test fails what is expected of it', { timeout: 120_000 }, async () => {
  const { child, run } = await meddled(/^\S*node \S*echo-server\.cjs/, 'SIGSTOP');
  const { exitCode, stderr } = await child;
  expect(exitCode, stderr).toBe(1);
  expect(stderr).toMatch(/✗ expected the server's echo-server/);
  expect(await leftBehind(run, 'netns')).toEqual([]);
});

describe.runIf(isRoot)('where no host can be made (a chroot whose root is no mount point)', () => {
  const WHY = /unshare: cannot change root filesystem propagation/;

  it('a run says so at once', { timeout: 60_000 }, async () => {
    const began = performance.now();
    const args = ['wrong-port', '--backend', 'netns', '--out', join(dir, 'chroot')];
    const { exitCode, stdout } = await inChroot(args, join(dir, 'root'));
    expect(performance.now() - began).toBeLessThan(2 * AT_ONCE);
    expect(exitCode, stdout).toBe(3);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(WHY);
    expect(stdout).toContain('npm run lab -- doctor');
  });

  it('doctor says so, too', { timeout: 60_000 }, async () => {
    const { exitCode, stdout } = await inChroot(['doctor'], join(dir, 'root'));
    expect(exitCode, stdout).toBe(3);
    expect(stdout).toMatch(/^missing +namespaces .*cannot change root.*fix: .*mount --bind/m);
  });
});
