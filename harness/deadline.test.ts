import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeadlineError, isOverWithin, unlessAborted, withDeadline } from './deadline.ts';
import { verbatim } from './told.ts';

const never = new Promise<never>(() => undefined);

describe('in time that is made up', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('names what it has waited for, and how long', async () => {
    const late = expect(
      withDeadline(verbatim("the server to answer 'run'"), 30_000, never),
    ).rejects.toThrow(new DeadlineError(verbatim("the server to answer 'run'"), 30_000));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await late;
    expect(new DeadlineError(verbatim('it'), 1500).message).toBe('waited 1.5 s for it');
  });

  it('says what is missing when the time is over, not before', async () => {
    const missing = ['both'];
    const late = expect(withDeadline(() => verbatim(missing.join()), 1000, never)).rejects.toThrow(
      'one',
    );
    missing.splice(0, 1, 'one');
    await vi.advanceTimersByTimeAsync(1000);
    await late;
  });

  it('leaves no timer behind', async () => {
    expect(await withDeadline(verbatim('it'), 1000, Promise.resolve(7))).toBe(7);
    await expect(
      withDeadline(verbatim('it'), 1000, Promise.reject(new Error('no'))),
    ).rejects.toThrow('no');
    expect(await isOverWithin(1000, Promise.reject(new Error('no')))).toBe(true);
    const late = isOverWithin(1000, never);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await late).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('takes what had come before, when it was busy itself until after the time was over', async () => {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => port1.on('message', resolve));
  const waiting = withDeadline(verbatim('an answer'), 20, answer);
  await delay(1);
  port2.postMessage('here');
  const until = performance.now() + 40;
  while (performance.now() < until);
  expect(await waiting).toBe('here');
  port1.close();
});

it('is cut short by a signal, with its reason', async () => {
  const controller = new AbortController();
  const cut = unlessAborted(controller.signal, never);
  controller.abort(new Error('interrupted'));
  await expect(cut).rejects.toThrow('interrupted');
  await expect(unlessAborted(controller.signal, never)).rejects.toThrow('interrupted');
  expect(await unlessAborted(new AbortController().signal, Promise.resolve(1))).toBe(1);
});
