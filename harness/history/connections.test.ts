import { expect, test } from 'vitest';
import { SampleRun } from '../present/sample-run.fixture.ts';
import { connectionsOf } from './connections.ts';
import { historyOf } from './history.ts';
import { segmentsOf } from './segments.ts';

const BOTH = { client: 1, server: 2 };

function named(run: SampleRun): string[] {
  const all = segmentsOf(historyOf(run.events));
  const connections = connectionsOf(all);
  return all.map((one) => {
    const { seq, ack = '-' } = connections.names(one);
    return `${one.segment.flags} ${seq} ${ack}`;
  });
}

test('x and y begin at the SYNs, as in the textbook, and go round at 2^32', () => {
  const x = 0xffffffff;
  const run = new SampleRun()
    .segment('client', { flags: 'S', seq: x }, BOTH)
    .segment('server', { flags: 'S.', seq: 500, ack: 0 }, { server: 3, client: 4 })
    .segment('client', { flags: 'P.', seq: 0, ack: 501, length: 5 }, { client: 5, server: 6 });
  expect(named(run)).toEqual(['S x -', 'S. y x+1', 'P. x+1 y+1']);
});

test('a number is told as it is where no SYN of that end was seen: the seq 0 of a reset', () => {
  const run = new SampleRun()
    .segment('client', { flags: 'S', seq: 100 }, BOTH)
    .segment('server', { flags: 'R.', seq: 0, ack: 101 }, { server: 3, client: 4 });
  expect(named(run)).toEqual(['S x -', 'R. 0 x+1']);
});

test('another SYN on the same ports is another connection', () => {
  const run = new SampleRun()
    .segment('client', { flags: 'S', seq: 100 }, BOTH)
    .segment('client', { flags: 'S', seq: 100 }, { client: 11, server: 12 })
    .segment('client', { flags: 'S', seq: 90_000 }, { client: 21, server: 22 })
    .segment('server', { flags: 'S.', seq: 7, ack: 90_001 }, { server: 23, client: 24 });
  expect(named(run)).toEqual(['S x -', 'S x -', 'S x2 -', 'S. y x2+1']);
});

test('what answers an earlier SYN on the same ports is of its connection', () => {
  const run = new SampleRun()
    .segment('client', { flags: 'S', seq: 1000 }, BOTH)
    .segment('client', { flags: 'S', seq: 900_000_000 }, { client: 11, server: 12 })
    .segment('server', { flags: 'S.', seq: 7, ack: 1001 }, { server: 13, client: 14 })
    .segment('client', { flags: 'R', seq: 1001 }, { client: 15, server: 16 })
    .segment('client', { flags: 'S', seq: 900_000_000 }, { client: 21, server: 22 });
  expect(named(run)).toEqual(['S x -', 'S x2 -', 'S. y x+1', 'R x+1 -', 'S x2 -']);
});

test('a number far from where its end began is no distance', () => {
  const run = new SampleRun()
    .segment('client', { flags: 'S', seq: 100 }, BOTH)
    .segment('client', { flags: 'R', seq: 3_000_000_000 }, { client: 3, server: 4 })
    .segment('client', { flags: '.', seq: 99 }, { client: 5, server: 6 });
  expect(named(run)).toEqual(['S x -', 'R 3000000000 -', '. x-1 -']);
});

test('an end is of the connection that was there at the time, or whose SYN is to come', () => {
  const run = new SampleRun()
    .segment('client', { flags: 'S', seq: 100 }, BOTH)
    .segment('server', { flags: 'R.', seq: 0, ack: 101 }, { server: 3, client: 4 })
    .segment('client', { flags: 'S', seq: 90_000 }, { client: 21, server: 22 });
  const all = segmentsOf(historyOf(run.events));
  const connections = connectionsOf(all);
  const [{ segment } = { segment: undefined }] = all;
  if (segment === undefined) throw new Error('no segment');
  const letterAt = (ms: number, opens: boolean) =>
    connections.at('client', segment.src, segment.dst, ms * 1e6, opens).isn.client?.letter;
  expect([letterAt(5, false), letterAt(22, false)]).toEqual(['x', 'x2']);
  // The tracepoint tells of SYN-SENT before the SYN has left.
  expect([letterAt(0.95, true), letterAt(20, true)]).toEqual(['x', 'x2']);
  // One of which no segment was seen at all.
  expect(letterAt(50, true)).toBeUndefined();
});
