import { expect, test } from 'vitest';
import { SampleRun } from '../present/sample-run.fixture.ts';
import { historyOf } from './history.ts';
import { segmentsOf } from './segments.ts';

const segments = ({ events }: SampleRun) => segmentsOf(historyOf(events));

test('a segment that both captures hold is there once, with both times', () => {
  const run = new SampleRun().segment('client', { flags: 'S', seq: 7 }, { client: 10, server: 11 });
  expect(segments(run)).toMatchObject([
    { from: 'client', t: 10e6, sent: { t: 10e6 }, arrived: { t: 11e6 }, fate: 'arrived' },
  ]);
});

test('the order is that of sending, whatever the order of arrival in the stream', () => {
  const run = new SampleRun()
    .segment('server', { flags: 'S.', seq: 1, ack: 8 }, { server: 12, client: 13 })
    .segment('client', { flags: 'S', seq: 7 }, { client: 10, server: 11 });
  expect(segments(run).map(({ segment }) => segment.flags)).toEqual(['S', 'S.']);
});

test('equal segments pair up in their order, and the later one is a retransmission', () => {
  const syn = (id: number) => ({ flags: 'S', seq: 7, ip: { id, ttl: 64, length: 40 } });
  const run = new SampleRun()
    .segment('client', syn(1), { client: 10, server: 11 })
    .segment('client', syn(2), { client: 1010, server: 1012 });
  expect(segments(run)).toMatchObject([
    { sent: { t: 10e6 }, arrived: { t: 11e6 } },
    { sent: { t: 1010e6 }, arrived: { t: 1012e6 }, repetition: 'retransmission' },
  ]);
});

test('a pure ACK said twice is no retransmission: it acknowledges nothing more', () => {
  const ack = (id: number) => ({ flags: '.', seq: 8, ack: 2, ip: { id, ttl: 64, length: 40 } });
  const run = new SampleRun()
    .segment('client', ack(1), { client: 10, server: 11 })
    .segment('client', ack(2), { client: 20, server: 21 });
  expect(segments(run).map(({ repetition }) => repetition)).toEqual([undefined, 'acknowledgment']);
});

test('alike to the IPv4 identification they pair up in their order too: the network made the copy', () => {
  const run = new SampleRun()
    .segment('client', { flags: 'S', seq: 7 }, { client: 10 })
    .segment('client', { flags: 'S', seq: 7 }, { server: 11 })
    .segment('client', { flags: 'S', seq: 7 }, { server: 12 });
  expect(segments(run)).toMatchObject([
    { sent: { t: 10e6 }, arrived: { t: 11e6 }, fate: 'arrived' },
    { arrived: { t: 12e6 }, fate: 'unseen' },
  ]);
});

test('what differs in anything is another segment: a window that opens, with the same numbers', () => {
  const zero = { flags: '.', seq: 7, ack: 1, window: 0 };
  const open = { ...zero, window: 500 };
  const run = new SampleRun()
    .segment('client', zero, { client: 10 })
    .segment('client', open, { client: 20 })
    .segment('client', open, { server: 21 });
  expect(segments(run)).toMatchObject([
    { segment: { window: 0 }, fate: 'unseen' },
    { segment: { window: 500 }, fate: 'arrived', sent: { t: 20e6 }, arrived: { t: 21e6 } },
  ]);
});

test('what only one capture holds says so', () => {
  const run = new SampleRun()
    .segment('client', { flags: 'F.', seq: 7, ack: 1 }, { client: 10 })
    .segment('client', { flags: 'R', seq: 7 }, { server: 20 });
  const [left, came] = segments(run);
  expect(left).toMatchObject({ sent: { t: 10e6 }, fate: 'unseen' });
  expect(left).not.toHaveProperty('arrived');
  expect(came).toMatchObject({ arrived: { t: 20e6 }, fate: 'unseen' });
  expect(came).not.toHaveProperty('sent');
});

test('those are lost that the wire took, whatever the rule: of several alike the first that came under it', () => {
  const syn = { flags: 'S', seq: 7, ip: { id: 0, ttl: 64, length: 40 } };
  const at = (ms: number): object => ({ client: ms, server: ms + 1 });
  const run = new SampleRun();
  run.segment('client', syn, at(10));
  run.drop(20, 60, 'server', 'S', 1);
  run.segment('client', { flags: 'S.', seq: 9 }, at(28));
  run.segment('client', syn, at(30));
  run.segment('client', syn, at(32));
  // It is told of when the agent has come to it.
  run.lose(40, 'client', syn);
  const lost = segments(run).map(({ fate }) => fate === 'lost');
  expect(lost).toEqual([false, false, true, false]);
});
