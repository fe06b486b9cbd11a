/** `states` as it is typed: among sockets in known states, on Docker's machine, and ended from outside. */
import { execa } from 'execa';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, test } from 'vitest';
import { openKnownSockets } from '../../tcp/tables/netstat.fixture.ts';
import { backendsUnderTest } from '../../testing/backends.ts';
import { leftBehind } from '../../testing/left-behind.ts';
import { lab } from '../cli.fixture.ts';

const AWK = String.raw`netstat -n | awk '/^tcp/ {++S[$NF]} END {for(a in S) print a, S[a]}'`;
const NOWHERE = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

const backends = await backendsUnderTest();

test('among sockets in known states: what the awk line says there, as text and as JSON', async () => {
  await using sockets = await openKnownSockets();
  const states = (...args: string[]): Promise<string> =>
    sockets.run(process.execPath, 'harness/cli/start/start.mjs', 'states', ...args);
  const counted = (await sockets.run('sh', '-c', AWK)).trimEnd().split('\n');
  const text = (await states()).trimEnd().split('\n');
  const rows = text.slice(text.findIndex((line) => line.startsWith('netstat ')) + 1);
  const inText = rows.map((line) => line.split(/ +/).slice(0, 2).join(' '));
  expect(inText.slice(0, -2).sort()).toEqual(counted.sort());
  expect(inText.slice(-2)).toEqual(['total 20', 'LISTEN 6']);
  const json = JSON.parse(await states('--json', '--backend', 'netns')) as Record<string, number>;
  const inJson = Object.entries(json).map(([name, count]) => `${name} ${count}`);
  expect(inJson.sort()).toEqual(counted.sort());
});

describe('refuses in one line', () => {
  it.each([
    { args: [], env: { PATH: '/nowhere' }, says: /^lab: not installed: ss; npm run setup\n$/ },
    {
      args: ['--backend', 'docker'],
      env: NOWHERE,
      says: /^lab: no Docker daemon answers: .*\/nowhere\/docker\.sock.*\n$/,
    },
  ])('what this machine cannot do: $args $env', async ({ args, env, says }) => {
    const { stdout, stderr, exitCode } = await lab(['states', ...args], env).child;
    expect(stderr).toMatch(says);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 3 });
  });

  it.each([
    { args: ['states', '--jsn'], says: /^lab: unknown option '--jsn'; did you mean '--json'\?\n$/ },
    { args: ['--json', 'states'], says: /^lab: --json goes after states\n$/ },
    { args: ['--slow', 'states'], says: /^lab: --slow is for running labs, not for states\n$/ },
    {
      args: ['states', '--backend', 'vm'],
      says: /--backend is 'vm'; it is one of: auto, docker, netns/,
    },
    { args: ['states', 'bind'], says: /^lab: 'states' takes no argument, not 1\n$/ },
  ])('what makes no sense: $args', async ({ args, says }) => {
    const { stdout, stderr, exitCode } = await lab(args).child;
    expect(stderr).toMatch(says);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  });
});

it('takes this machine where no Docker daemon answers', async () => {
  const { stdout, exitCode } = await lab(['states', '--backend', 'auto'], NOWHERE).child;
  expect(stdout).toMatch(/^TCP sockets of this machine, /);
  expect(exitCode).toBe(0);
});

describe.runIf(backends.some(({ name }) => name === 'docker'))("on Docker's machine", () => {
  const onDocker = (...args: string[]) => lab(['states', '--backend', 'docker', ...args]);

  it("counts this machine's sockets where the daemon runs on it, and leaves nothing", async () => {
    await using sockets = await closeWaits(9);
    const { child, run } = onDocker('--json');
    const { stdout, stderr, exitCode } = await child;
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    const counts = JSON.parse(stdout) as Record<string, number>;
    // Others may have theirs.
    expect(counts['CLOSE_WAIT']).toBeGreaterThanOrEqual(sockets.pairs);
    expect(counts['FIN_WAIT2']).toBeGreaterThanOrEqual(sockets.pairs);
    expect(await leftBehind(run, 'docker')).toEqual([]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends on %s with exit code %i', async (signal, code) => {
    const { child, run } = onDocker();
    await containerOf(run);
    process.kill(run.pid, signal);
    const { stdout, stderr, exitCode } = await child;
    expect({ stdout, stderr, exitCode }).toEqual({
      stdout: '',
      stderr: 'lab: interrupted; nothing is left behind\n',
      exitCode: code,
    });
    expect(await leftBehind(run, 'docker')).toEqual([]);
  });

  it(
    'leaves nothing behind when killed: its container just made, and whenever',
    { timeout: 120_000 },
    async () => {
      const made = onDocker();
      await containerOf(made.run);
      process.kill(made.run.pid, 'SIGKILL');
      await made.child;
      expect(await leftBehind(made.run, 'docker')).toEqual([]);
      for (let i = 0; i < 5; i++) {
        const { child, run } = onDocker();
        const moment = randomInt(600);
        await Promise.race([delay(moment), child]);
        if (child.exitCode === null) process.kill(run.pid, 'SIGKILL');
        await child;
        expect(await leftBehind(run, 'docker'), `killed after ${moment} ms`).toEqual([]);
      }
    },
  );
});

/** Pairs of sockets on this machine's loopback of which one is in FIN-WAIT-2, the other in CLOSE-WAIT. */
async function closeWaits(pairs: number): Promise<AsyncDisposable & { pairs: number }> {
  const server = createServer({ allowHalfOpen: true });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets: Socket[] = [];
  for (let i = 0; i < pairs; i++) {
    const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const [accepted] = (await once(server, 'connection')) as [Socket];
    sockets.push(client, accepted);
    client.end();
    await once(accepted.resume(), 'end');
  }
  return {
    pairs,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}

/** Resolves when Docker has made a container for this run. */
async function containerOf({ pid }: { pid: number }): Promise<void> {
  const filters = ['--filter', 'event=create', '--filter', 'label=socket-lab.owner'];
  const format = ['--format', '{{index .Actor.Attributes "socket-lab.owner"}}'];
  const since = ['--since', String(Math.floor(Date.now() / 1000) - 1)];
  const events = execa('docker', ['events', ...filters, ...format, ...since], { reject: false });
  try {
    for await (const owner of createInterface({ input: events.stdout })) {
      if (owner.split('/')[3] === String(pid)) return;
    }
    throw new Error('docker events has ended');
  } finally {
    events.kill();
    await events;
  }
}
