import { describe, expect, test } from 'vitest';
import { synSchedule } from './syn-schedule.ts';

describe('a SYN that nobody answers', () => {
  // Measured on Linux 5.10 and 6.1 (no linear timeouts), and on 6.12, 6.18 and 7.2 (4 of them).
  test.each([
    [6, 0, [0, 1, 3, 7, 15, 31, 63], 127],
    [6, 4, [0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67], 131],
    [1, 0, [0, 1], 3],
    [2, 0, [0, 1, 3], 7],
    [3, 0, [0, 1, 3, 7], 15],
    [1, 4, [0, 1, 2], 3],
    [2, 4, [0, 1, 2, 3, 4, 5], 7],
    [3, 4, [0, 1, 2, 3, 4, 5, 7, 11], 19],
  ])(
    'tcp_syn_retries %i, linear timeouts %i: sent at %j, given up at %i s',
    (retries, linearTimeouts, sent, failsAfter) => {
      expect(synSchedule({ retries, linearTimeouts })).toMatchObject({ sent, failsAfter });
    },
  );

  test('the gaps lie between one SYN and the next', () => {
    expect(synSchedule({ retries: 3, linearTimeouts: 0 }).gaps).toEqual([1, 2, 4]);
  });

  test('no timeout is longer than tcp_rto_max_ms', () => {
    const { gaps } = synSchedule({ retries: 9, linearTimeouts: 0 });
    expect(gaps).toEqual([1, 2, 4, 8, 16, 32, 64, 120, 120]);
    const short = synSchedule({ retries: 5, linearTimeouts: 0, rtoMax: 4 });
    expect(short).toMatchObject({ gaps: [1, 2, 4, 4, 4], failsAfter: 19 });
  });
});
