import { expect, test } from 'vitest';
import type { Body, LabEvent } from '../evidence/events.ts';
import { historyOf } from './history.ts';
import { injectedPackets } from './injected.ts';

const server = { address: '10.0.0.1', port: 6000 };
const client = { address: '10.0.0.2', port: 7000 };

const at = (seq: number, ms: number, body: object): LabEvent => ({
  seq,
  t: ms * 1e6,
  ...(body as Body),
});

const action = (phase: 'begin' | 'end') => ({
  type: 'action',
  phase,
  id: 7,
  op: 'inject',
  host: 'server',
  ...(phase === 'begin' ? { args: { from: server, to: client, segment: 'R seq=5' } } : {}),
});

const reset = (direction: 'in' | 'out', host: string) => ({
  type: 'packet',
  host,
  frame: 1,
  direction,
  segment: {
    ...{ src: server, dst: client, flags: 'R', seq: 5, window: 0, length: 0 },
    ...{ options: {}, ip: { id: 0, ttl: 64, length: 40 } },
  },
});

test('the segment that left while it was being injected, and no other', () => {
  const events = [
    at(0, 10, reset('out', 'server')),
    at(1, 100, action('begin')),
    at(2, 101, reset('out', 'server')),
    at(3, 101, reset('in', 'client')),
    at(4, 102, action('end')),
    at(5, 200, reset('out', 'server')),
  ];
  expect([...injectedPackets(historyOf(events))]).toEqual([2]);
});
