import { describe, expect, it } from 'vitest';
import {
  carriedAt,
  packet,
  sample,
  serverRow,
  wire,
  type Entry,
} from '../expect/script.fixture.ts';
import { acceptQueuesOf, ignoredSegments, isFull, isUsed, undecidedSince } from './accept-queue.ts';
import { historyOf } from './history.ts';

const listener = (length: number, backlog = 1): string =>
  `LISTEN ${length} ${backlog} 10.0.0.1:6000 0.0.0.0:* users:(("node",pid=20,fd=3)) ino:9 sk:1`;
const waiting = (port: number): string =>
  `ESTAB 0 0 10.0.0.1:6000 10.0.0.2:${port} ino:0 sk:${port}`;
const request = serverRow('SYN-RECV 0 0', 'timer:(on,900ms,0) ino:0 sk:7');

const queues = (...entries: Entry[]) => acceptQueuesOf(historyOf(wire(...entries)));

/** Flags of what TCP took no notice of. */
const ignored = (...entries: Entry[]): string[] =>
  [...ignoredSegments(historyOf(wire(...entries)))].map(({ segment }) => segment.flags);

const full = (ms: number, ...rows: string[]): Entry =>
  sample(ms, 'server', listener(2), waiting(1), waiting(2), ...rows);
const syn = (ms: number): Entry[] => carriedAt(ms, 'client', 'S', 100);

describe('an accept queue', () => {
  it('has one place more than listen() was told', () => {
    const [queue] = queues(
      sample(0, 'server', listener(1), waiting(1)),
      sample(50, 'server', listener(2), waiting(1), waiting(2)),
    );
    expect(queue?.readings.map(isFull)).toEqual([false, true]);
    expect(queue?.readings.map(({ t }) => t / 1e6)).toEqual([10, 60]);
  });

  it('holds whom nobody has accepted, and beside it those who are half open', () => {
    const accepted = serverRow('ESTAB 0 0', 'users:(("node",pid=20,fd=4)) ino:8 sk:8');
    const [queue] = queues(sample(0, 'server', listener(1, 5), waiting(1), accepted, request));
    expect(queue?.readings[0]).toMatchObject({
      length: 1,
      backlog: 5,
      waiting: [{ port: 1 }],
      requests: [{ port: 40000 }],
    });
  });

  it('is used where connections stay in it: one that is accepted at once is not seen twice', () => {
    const at = (ms: number, length: number): Entry => sample(ms, 'server', listener(length, 5));
    const uses = (...entries: Entry[]): boolean[] => queues(...entries).map(isUsed);
    expect(uses(at(0, 0), at(20, 1), at(40, 0), at(60, 1))).toEqual([false]);
    expect(uses(at(0, 0), at(20, 1), at(40, 1))).toEqual([true]);
  });
});

describe('ignored is', () => {
  it('a SYN that comes while the queue is full', () => {
    expect(ignored(full(0), ...syn(50), full(100))).toEqual(['S']);
  });

  it('not one that came before the queue was full, or whose answer nobody has looked for', () => {
    const room = sample(0, 'server', listener(1), waiting(1));
    expect(ignored(room, ...syn(50), full(100))).toEqual([]);
    expect(ignored(full(0), ...syn(50))).toEqual([]);
    expect(ignored(...syn(50), full(100))).toEqual([]);
  });

  it('not one that is answered: by a SYN+ACK, by a reset, by a request', () => {
    const answer = (flags: string): Entry[] => carriedAt(60, 'server', flags, 500, { ack: 101 });
    expect(ignored(full(0), ...syn(50), ...answer('S.'), full(100))).toEqual([]);
    expect(ignored(full(0), ...syn(50), ...answer('R.'), full(100))).toEqual([]);
    expect(ignored(full(0), ...syn(50), full(100, request))).toEqual([]);
  });

  it('not one to another port, or that never came', () => {
    const other = sample(0, 'server', listener(2).replaceAll(':6000', ':7000'));
    const later = sample(100, 'server', listener(2).replaceAll(':6000', ':7000'));
    expect(ignored(other, ...syn(50), later)).toEqual([]);
    expect(ignored(full(0), packet(50, 'client', 'client', 'S', 100), full(100))).toEqual([]);
  });

  it('an ACK after which its end is in SYN-RECEIVED still', () => {
    const ack = carriedAt(50, 'client', '.', 101, { ack: 501 });
    expect(ignored(full(0, request), ...ack, full(100, request))).toEqual(['.']);
    // The queue became full between two samples.
    const room = sample(0, 'server', listener(1), waiting(1), request);
    expect(ignored(room, ...ack, full(100, request))).toEqual(['.']);
  });

  it('not the ACK that completes the handshake, nor a reset', () => {
    const ack = carriedAt(50, 'client', '.', 101, { ack: 501 });
    expect(ignored(full(0, request), ...ack, full(100, waiting(40000)))).toEqual([]);
    const reset = carriedAt(50, 'client', 'R.', 101, { ack: 501 });
    expect(ignored(full(0, request), ...reset, full(100, request))).toEqual([]);
  });
});

it('is not known before the next sample', () => {
  const since = (...entries: Entry[]): number => undecidedSince(historyOf(wire(...entries))) / 1e6;
  expect(since(full(0), ...syn(50), ...syn(70))).toBe(51);
  expect(since(full(0), ...syn(50), full(100))).toBe(Infinity);
  expect(since(sample(0, 'server', listener(1), waiting(1)), ...syn(50))).toBe(Infinity);
});
