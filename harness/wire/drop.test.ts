import { describe, expect, it } from 'vitest';
import { losing } from './drop.ts';

const [FIN, SYN, RST, ACK, ECE] = [0x01, 0x02, 0x04, 0x10, 0x40];

describe('losing', () => {
  it.each([
    ['R.', [RST | ACK], [RST, ACK, RST | ACK | FIN]],
    ['S', [SYN, SYN | ECE], [SYN | ACK]],
    ['none', [0], [ACK]],
    ['*', [0, SYN, RST | ACK], []],
    ['S.|.', [SYN | ACK, ACK], [SYN, FIN | ACK]],
  ])('%s', (flags, lost, others) => {
    const loses = losing({ flags });
    expect(lost.map(loses)).toEqual(lost.map(() => true));
    expect(others.map(loses)).toEqual(others.map(() => false));
  });

  it('counts each alternative for itself', () => {
    const loses = losing({ flags: 'F.|.', count: 2 });
    const seen = [ACK, FIN | ACK, ACK, ACK, FIN | ACK, FIN | ACK];
    expect(seen.map(loses)).toEqual([true, true, true, false, true, false]);
  });

  it('refuses what is no flag', () => {
    expect(() => losing({ flags: 'X' })).toThrow("no TCP flags 'X' (valid: F S R P . U)");
  });
});
