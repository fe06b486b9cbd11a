/** A daemon, or what runs in its containers, that does not answer: a run does not wait for it without end. */
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Interrupted } from '../deadline.ts';
import { fakeDaemon, type FakeDaemon } from './daemon.fixture.ts';
import { connect } from './docker-client.ts';
import { withLinker } from './docker-link.ts';
import { docker } from './docker.ts';
import { LeftBehindError } from './errors.ts';

/** Milliseconds: 2 s, and what a busy machine takes beside. */
const AT_ONCE = 4000;
const SPECS = { server: { sysctls: {} }, client: { sysctls: {} } };

let daemon: FakeDaemon;
beforeEach(async () => {
  daemon = await fakeDaemon();
  vi.stubEnv('DOCKER_HOST', daemon.host);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await daemon.close();
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn();
}
const asked = (request: RegExp): number =>
  daemon.requests.filter((one) => request.test(one)).length;

it('names the request that is not answered in time, and does not know what comes of it', async () => {
  const id = 'a1b2c3d4e5f60718'.repeat(4);
  daemon.ignores = /start/;
  const { docker: client, isInDoubt } = connect({ answersWithin: 200 });
  await expect(client.getContainer(id).remove()).rejects.toMatchObject({ statusCode: 404 });
  expect(isInDoubt()).toBe(false);
  await expect(client.getContainer(id).start()).rejects.toThrow(
    /^waited 0.2 s for the daemon to answer POST \/containers\/a1b2c3d4e5f6\/start$/,
  );
  expect(isInDoubt()).toBe(true);
});

it('a linker that does not answer is named, and not asked again', async () => {
  const { docker: client } = connect();
  const end = (): { container: ReturnType<typeof client.getContainer>; netns: number } => {
    const [id = ''] = daemon.containers;
    return { container: client.getContainer(id), netns: 1 };
  };
  const { link, release } = await withLinker(client, 'image');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const linked = expect(link(end(), end())).rejects.toThrow(
      'waited 20 s for the containers to be linked',
    );
    await until(() => asked(/GET .*\/json/) === 2);
    while (await isPending(linked)) await vi.advanceTimersByTimeAsync(20_000);
  } finally {
    vi.useRealTimers();
  }
  await expect(link(end(), end())).rejects.toThrow('cannot link two containers: waited 20 s');
  await release();
  expect(daemon.containers.size).toBe(0);
});

/** Whether it is still to come after whatever can happen now has happened. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  await turn();
  const open = Symbol();
  return (await Promise.race([promise, turn(open)])) === open;
}

describe('an interruption', () => {
  const interrupted = async (when: RegExp, times: number): Promise<unknown> => {
    const controller = new AbortController();
    const starting = docker.start(SPECS, () => undefined, controller.signal);
    const ended = starting.catch((error: unknown) => error);
    await until(() => asked(when) >= times);
    const began = performance.now();
    controller.abort(new Interrupted());
    const outcome = await ended;
    expect(performance.now() - began).toBeLessThan(AT_ONCE);
    return outcome;
  };

  it('takes back containers in which no agent answers', async () => {
    expect(await interrupted(/start/, 3)).toBeInstanceOf(Interrupted);
    expect(asked(/create/)).toBe(3);
    expect(daemon.containers.size).toBe(0);
  });

  it.each(['/images/', '/create', '/attach', '/start'])(
    'does not wait for a daemon that does not answer %s, or anything else',
    async (request) => {
      daemon.ignores = new RegExp(`${request}|ping|DELETE|wait`);
      const outcome = await interrupted(new RegExp(request), 1);
      // Where containers have been made it says so: they are there as far as anybody knows.
      const made = daemon.containers.size > 0;
      expect(outcome).toBeInstanceOf(made ? LeftBehindError : Interrupted);
    },
  );
});
