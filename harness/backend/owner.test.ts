import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { formatOwner, isDead, parseOwner, thisProcess } from './owner.ts';

const here = { ...thisProcess(), machine: 'm', bootId: 'b', pidNamespace: '1' };

describe('an owner', () => {
  it('is read as it was written', () => {
    expect(parseOwner(formatOwner(here))).toEqual(here);
  });

  it.each(['', 'a/b', 'm/b/1/x/5', 'm/b/1/2/5/6'])('is not read from %j', (text) => {
    expect(parseOwner(text)).toBeUndefined();
  });

  it('lives while its process does', async () => {
    expect(isDead(here, here)).toBe(false);
    const child = execa('sleep', ['60']);
    await new Promise((resolve) => child.once('spawn', resolve));
    const { stdout } = await execa('cut', ['-d', ' ', '-f', '22', `/proc/${child.pid ?? 0}/stat`]);
    const other = { ...here, pid: child.pid ?? 0, startTime: stdout };
    expect(isDead(other, here)).toBe(false);
    child.kill('SIGKILL');
    await child.catch(() => undefined);
    expect(isDead(other, here)).toBe(true);
  });

  it('is dead when its process id belongs to a later process', () => {
    expect(isDead({ ...here, startTime: '1' }, here)).toBe(true);
  });

  it('is dead when this machine has been booted since', () => {
    expect(isDead({ ...here, bootId: 'before' }, here)).toBe(true);
  });

  it('cannot be told to be dead from another machine, an unnamed one, or another container', () => {
    expect(isDead({ ...here, machine: 'other', startTime: '1' }, here)).toBe(false);
    const unnamed = { ...here, machine: '' };
    expect(isDead({ ...unnamed, bootId: 'other' }, unnamed)).toBe(false);
    expect(isDead({ ...here, pidNamespace: '2', startTime: '1' }, here)).toBe(false);
  });
});
