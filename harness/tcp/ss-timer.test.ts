import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTimer } from './ss-timer.ts';

test.each([
  ['(on,120ms,0)', 'on', 120, 0],
  ['(on,,0)', 'on', 0, 0],
  ['(on,012ms,2)', 'on', 12, 2],
  ['(on,1.652ms,2)', 'on', 1652, 2],
  ['(on,1.652sec,2)', 'on', 1652, 2],
  ['(timewait,59sec,0)', 'timewait', 59_000, 0],
  ['(timewait,1min,0)', 'timewait', 60_000, 0],
  ['(timewait,1min3sec,0)', 'timewait', 63_000, 0],
  ['(keepalive,119min,0)', 'keepalive', 7_140_000, 0],
  ['(persist,204ms,15)', 'persist', 204, 15],
  ['(unknown,3sec,0)', 'unknown', 3000, 0],
  ['(delack,003ms,0)', 'unknown', 3, 0],
])('%s', (text, name, expiresMs, retransmits) => {
  expect(parseTimer(text)).toEqual({ name, expiresMs, retransmits });
});

test.each([
  '',
  '()',
  '(on,1sec)',
  '(off,1sec,0)',
  '(on,1h,0)',
  '(on,1.5sec,0)',
  '(on,1sec,-1)',
  '(on,1sec,0',
])('%j is no timer', (text) => {
  expect(parseTimer(text)).toBeUndefined();
});

/** iproute2's print_ms_timer; `unit` is what it writes behind a fraction: "sec" since 6.11. */
function print(timeout: number, unit: 'ms' | 'sec'): string {
  const minutes = Math.floor(timeout / 60_000);
  const seconds = minutes > 9 ? 0 : Math.floor(timeout / 1000) % 60;
  const msecs = minutes > 0 || seconds > 9 ? 0 : timeout % 1000;
  const padded = String(msecs).padStart(3, '0');
  return [
    minutes > 0 ? `${minutes}min` : '',
    seconds > 0 ? `${seconds}${msecs > 0 ? '.' : 'sec'}` : '',
    msecs > 0 ? `${padded}${seconds > 0 ? unit : 'ms'}` : '',
  ].join('');
}

describe('what print_ms_timer prints', () => {
  const timeout = fc.oneof(fc.nat({ max: 15_000 }), fc.nat({ max: 0xffff_ffff }));

  test('is read back, as exactly as it was printed', () => {
    fc.assert(
      fc.property(timeout, fc.constantFrom('ms' as const, 'sec' as const), (ms, unit) => {
        const unitMs = ms >= 600_000 ? 60_000 : ms >= 10_000 ? 1000 : 1;
        const expected = Math.floor(ms / unitMs) * unitMs;
        expect(parseTimer(`(on,${print(ms, unit)},1)`)?.expiresMs).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
