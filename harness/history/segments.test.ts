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

test('only those are lost that a drop rule took: its flags, its host, its time, its count', () => {
  const syn = (at: number, id: number): [object, object] => [
    { flags: 'S', seq: 7, ip: { id, ttl: 64, length: 40 } },
    { client: at, server: at + 1 },
  ];
  const run = new SampleRun();
  run.segment('client', ...syn(10, 1));
  run.drop(20, 60, 'server', 'S', 1);
  run.segment('server', { flags: 'S' }, { server: 25, client: 26 });
  run.segment('client', { flags: 'S.', seq: 9 }, { client: 28, server: 29 });
  run.segment('client', ...syn(30, 2));
  run.segment('client', ...syn(40, 3));
  run.segment('client', ...syn(70, 4));
  const lost = segments(run).map(({ fate }) => fate === 'lost');
  expect(lost).toEqual([false, false, false, true, false, false]);
});

test('of alternatives either is lost, each so many times', () => {
  const run = new SampleRun();
  run.drop(5, 60, 'server', 'S.|.', 1);
  run.segment('client', { flags: 'S.' }, { client: 10, server: 11 });
  run.segment('client', { flags: 'P.', length: 1 }, { client: 20, server: 21 });
  run.segment('client', { flags: '.' }, { client: 30, server: 31 });
  run.segment('client', { flags: '.' }, { client: 40, server: 41 });
  const lost = segments(run).map(({ fate }) => fate === 'lost');
  expect(lost).toEqual([true, false, true, false]);
});
