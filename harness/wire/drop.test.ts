import { describe, expect, it } from 'vitest';
import { dropRules } from './drop.ts';

const rules = (flags: string, count?: number): string[] =>
  dropRules({ flags, ...(count === undefined ? {} : { count }) })
    .split('\n')
    .filter((line) => line.endsWith('drop'))
    .map((line) => line.trim());

describe('dropRules', () => {
  it.each([
    ['R.', 'tcp flags & (fin|syn|rst|psh|ack|urg) == rst|ack counter drop'],
    ['S', 'tcp flags & (fin|syn|rst|psh|ack|urg) == syn counter drop'],
    ['none', 'tcp flags & (fin|syn|rst|psh|ack|urg) == 0x0 counter drop'],
    ['*', 'meta l4proto tcp counter drop'],
  ])('%s', (flags, expected) => {
    expect(rules(flags)).toEqual([expected]);
  });

  it('counts', () => {
    expect(rules('F.', 2)).toEqual([
      'tcp flags & (fin|syn|rst|psh|ack|urg) == fin|ack numgen inc mod 1073741824 < 2 counter drop',
    ]);
  });

  it('has a rule for each alternative', () => {
    expect(rules('S.|.')).toEqual([...rules('S.'), ...rules('.')]);
  });

  it('refuses what is no flag', () => {
    expect(() => dropRules({ flags: 'X' })).toThrow("no TCP flag 'X' (valid: F S R P . U)");
  });
});
