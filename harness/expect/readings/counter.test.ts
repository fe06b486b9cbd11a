import { expect, test } from 'vitest';
import { counterIs } from './counter.ts';
import { counters, evaluate, stream, told } from '../script.fixture.ts';

const drops = counterIs('server', 'TcpExtListenDrops', 18);

test('a counter is met by its last reading', () => {
  const events = stream(
    counters(0, 'server', { TcpExtListenDrops: 3 }),
    counters(50, 'server', { TcpExtListenDrops: 18 }),
    counters(60, 'client', { TcpExtListenDrops: 0 }),
  );
  expect(told(drops, events)).toBe('met, seen 18');
  expect(evaluate(drops, events)).toMatchObject({ by: [1] });
});

test('a counter that differs', () => {
  const events = stream(counters(0, 'server', { TcpExtListenDrops: 17 }));
  expect(told(drops, events)).toBe('expected TcpExtListenDrops of the server to be 18, saw 17');
  expect(evaluate(drops, events)).toMatchObject({ by: [0] });
});

test('a counter that this kernel has not, or that was not read', () => {
  expect(told(drops, stream(counters(0, 'server', {})))).toBe(
    'expected TcpExtListenDrops of the server to be 18, saw no such counter',
  );
  expect(told(drops, stream(counters(0, 'client', { TcpExtListenDrops: 18 })))).toBe(
    'expected TcpExtListenDrops of the server to be 18, saw no reading of the counters',
  );
});
