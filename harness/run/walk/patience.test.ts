import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Patience } from './patience.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('waits as long as it was told', () => {
  const then = vi.fn();
  new Patience().after(1000, then);
  vi.advanceTimersByTime(999);
  expect(then).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(then).toHaveBeenCalledOnce();
});

it('does not count the time in which somebody thinks', () => {
  const patience = new Patience();
  const then = vi.fn();
  patience.after(1000, then);
  vi.advanceTimersByTime(600);
  patience.stand();
  vi.advanceTimersByTime(3_600_000);
  patience.goOn();
  vi.advanceTimersByTime(399);
  expect(then).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(then).toHaveBeenCalledOnce();
});

it('lets nothing that is stated meanwhile run out, not even what has no time', () => {
  const patience = new Patience();
  const then = vi.fn();
  patience.stand();
  patience.after(0, then);
  vi.advanceTimersByTime(60_000);
  expect(then).not.toHaveBeenCalled();
  patience.goOn();
  vi.advanceTimersByTime(1);
  expect(then).toHaveBeenCalledOnce();
});

it('forgets what is taken back', () => {
  const patience = new Patience();
  const then = vi.fn();
  const forget = patience.after(1000, then);
  patience.stand();
  forget();
  patience.goOn();
  vi.advanceTimersByTime(5000);
  expect(then).not.toHaveBeenCalled();
});
