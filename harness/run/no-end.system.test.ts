/** Whatever hangs or dies, a run ends at once when somebody wants it to, and leaves nothing. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import wrongPort from '../../labs/wrong-port.ts';
import { connect } from '../backend/docker-client.ts';
import { OWNER_LABEL } from '../backend/docker-container.ts';
import { docker } from '../backend/docker.ts';
import { netns } from '../backend/netns.ts';
import { formatOwner, thisProcess } from '../backend/owner.ts';
import { Interrupted } from '../deadline.ts';
import { backendsUnderTest } from '../testing/backends.ts';
import { leftBehind, TOKEN } from '../testing/left-behind.ts';
import { HELPERS, processesOf } from '../testing/processes.ts';
import type { Lab } from '../vocabulary/define.ts';
import { runLab, type Outcome } from './run.ts';
import { inEnglish, told, verbatim } from '../told.ts';

/** Milliseconds: 2 s, and what a busy machine takes beside. */
const AT_ONCE = 5000;

const isRoot = process.getuid?.() === 0;
const hasDocker = (await backendsUnderTest()).includes(docker);
const ours = { pid: process.pid, token: `no-end-${process.pid}` };
process.env[TOKEN] = ours.token;

/** A run whose lab, once it is under way, signals the first helper with such a command line and goes on. */
async function meddled(
  helper: RegExp,
  signal: NodeJS.Signals,
  then: (interruption: AbortController) => void,
): Promise<{ outcome: Outcome; took: number }> {
  const interruption = new AbortController();
  let began = 0;
  const lab: Lab = {
    ...wrongPort,
    body: async (testbed) => {
      const [pid] = processesOf(ours, helper);
      if (pid === undefined) throw new Error(`no process ${String(helper)}`);
      process.kill(pid, signal);
      began = performance.now();
      then(interruption);
      await wrongPort.body(testbed);
    },
  };
  const options = { backend: netns, reason: verbatim(''), slow: false, harness: '' };
  const outcome = await runLab(lab, { ...options, signal: interruption.signal });
  return { outcome, took: performance.now() - began };
}

describe('an interruption ends a run at once', { timeout: 60_000 }, () => {
  const { agent, tcpdump, launcher, host, ...tracer } = HELPERS;
  const stopped = { agent, tcpdump, launcher, host, ...(isRoot ? tracer : {}) };
  it.each(Object.entries(stopped))('with a stopped %s', async (_name, helper) => {
    const { outcome, took } = await meddled(helper, 'SIGSTOP', (interruption) => {
      // What is awaited then may be awaited of the one that hangs.
      void delay(300).then(() => {
        interruption.abort(new Interrupted());
      });
    });
    expect(took).toBeLessThan(AT_ONCE);
    expect(outcome).toMatchObject({ status: 'interrupted' });
    expect(outcome.leftBehind).toBeUndefined();
    expect(await leftBehind(ours, 'netns')).toEqual([]);
  });
});

describe.runIf(hasDocker)('with a paused container', { timeout: 120_000 }, () => {
  /** A run whose lab, once it is under way, pauses the container of one of its hosts, and goes on. */
  async function paused(then: (interruption: AbortController) => void): Promise<Outcome> {
    const interruption = new AbortController();
    const lab: Lab = {
      ...wrongPort,
      body: async (testbed) => {
        const { docker: client } = connect();
        const label = [`${OWNER_LABEL}=${formatOwner(thisProcess())}`];
        const all = await client.listContainers({ filters: { label } });
        const agent = all.find(({ Command }) => Command.includes('agent.cjs'));
        await client.getContainer(agent?.Id ?? '').pause();
        then(interruption);
        await wrongPort.body(testbed);
      },
    };
    const options = { backend: docker, reason: verbatim(''), slow: false, harness: '' };
    return runLab(lab, { ...options, signal: interruption.signal });
  }

  it('an interruption ends a run at once', async () => {
    let began = 0;
    const outcome = await paused((interruption) => {
      began = performance.now();
      interruption.abort(new Interrupted());
    });
    expect(performance.now() - began).toBeLessThan(AT_ONCE);
    expect(outcome).toMatchObject({ status: 'interrupted' });
    expect(outcome.leftBehind).toBeUndefined();
    expect(await leftBehind(ours, 'docker')).toEqual([]);
  });

  it('a run breaks off, and names what it has waited for', async () => {
    const outcome = await paused(() => undefined);
    expect(outcome).toMatchObject({
      status: 'broken',
    });
    expect(outcome.message && inEnglish(outcome.message)).toMatch(
      /waited 20 s for the \w+ to answer '\w+'/,
    );
    expect(outcome.leftBehind).toBeUndefined();
    expect(await leftBehind(ours, 'docker')).toEqual([]);
  });
});

describe('a run breaks off at once', { timeout: 60_000 }, () => {
  it('with the parent of a host killed', async () => {
    const { outcome, took } = await meddled(HELPERS.host, 'SIGKILL', () => undefined);
    expect(took).toBeLessThan(AT_ONCE);
    expect(outcome).toMatchObject({ status: 'broken' });
    expect(await leftBehind(ours, 'netns')).toEqual([]);
  });

  it.runIf(isRoot)('with its tracer killed', async () => {
    const { outcome, took } = await meddled(HELPERS.tracer, 'SIGKILL', () => undefined);
    expect(took).toBeLessThan(AT_ONCE);
    expect(outcome).toMatchObject({
      status: 'broken',
      message: told("the kernel's tracepoint is lost: {why}", { why: told('it ended') }),
    });
    expect(await leftBehind(ours, 'netns')).toEqual([]);
  });
});

it('a stopped program under test fails what is expected of it', { timeout: 60_000 }, async () => {
  const lab: Lab = {
    ...wrongPort,
    body: async ({ server, client, expect: sees }) => {
      const ser = await server.run('echo-server');
      const [pid] = processesOf(ours, /^\S*node \S*echo-server\.cjs/);
      if (pid === undefined) throw new Error('no echo-server');
      process.kill(pid, 'SIGSTOP');
      await client.run('echo-client');
      await sees(ser).toPrint('accept c = 4', { within: '1s' });
    },
  };
  const { signal } = new AbortController();
  const options = { backend: netns, reason: verbatim(''), slow: false, harness: '', signal };
  const { status, message, leftBehind: left } = await runLab(lab, options);
  expect({ status, left }, message && inEnglish(message)).toEqual({
    status: 'failed',
    left: undefined,
  });
  expect(await leftBehind(ours, 'netns')).toEqual([]);
});

it('a host that dies before it is up is noticed at once', { timeout: 60_000 }, async () => {
  const starting = netns.start(
    { server: { sysctls: {} }, client: { sysctls: {} } },
    () => undefined,
  );
  const refused = expect(starting).rejects.toThrow('cannot make network namespaces: ');
  let pid: number | undefined;
  while (pid === undefined) {
    await delay(1);
    [pid] = processesOf(ours, HELPERS.host);
  }
  process.kill(pid, 'SIGKILL');
  const began = performance.now();
  await refused;
  expect(performance.now() - began).toBeLessThan(AT_ONCE);
  expect(await leftBehind(ours, 'netns')).toEqual([]);
});
