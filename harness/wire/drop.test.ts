import { describe, expect, it } from 'vitest';
import { dropRules } from './drop.ts';

const rule = (flags: string, count?: number): string | undefined =>
  dropRules({ flags, ...(count === undefined ? {} : { count }) })
    .split('\n')
    .find((line) => line.endsWith('drop'))
    ?.trim();

describe('dropRules', () => {
  it.each([
    ['R.', 'tcp flags & (fin|syn|rst|psh|ack|urg) == rst|ack counter drop'],
    ['S', 'tcp flags & (fin|syn|rst|psh|ack|urg) == syn counter drop'],
    ['none', 'tcp flags & (fin|syn|rst|psh|ack|urg) == 0x0 counter drop'],
    ['*', 'meta l4proto tcp counter drop'],
  ])('%s', (flags, expected) => {
    expect(rule(flags)).toBe(expected);
  });

  it('counts', () => {
    expect(rule('F.', 2)).toBe(
      'tcp flags & (fin|syn|rst|psh|ack|urg) == fin|ack numgen inc mod 1073741824 < 2 counter drop',
    );
  });

  it('refuses what is no flag', () => {
    expect(() => dropRules({ flags: 'X' })).toThrow("no TCP flag 'X' (valid: F S R P . U)");
  });
});
