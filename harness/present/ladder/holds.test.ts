import { expect, test } from 'vitest';
import { ladderOf } from './ladder.ts';
import { storedRun } from './stored-run.fixture.ts';

test('somebody walks: each segment is held from when its kernel sent it, and copies are none', () => {
  const segments = ladderOf(storedRun('walked-handshake')).rows.flatMap((row) =>
    row.kind === 'segment'
      ? [[row.segment.flags, row.again, Math.round((row.heldFor ?? 0) / 1e6)]]
      : [],
  );
  expect(segments).toEqual([
    ['S', false, 881],
    ['S.', false, 852],
    ['.', false, 799],
  ]);
});

test('what is let go as soon as it comes has not been held', () => {
  const run = storedRun('walked-handshake');
  const went = new Map(
    run.flatMap((event) =>
      event.type === 'wire' && event.phase === 'goes'
        ? [[`${event.host} ${event.id}`, event.t]]
        : [],
    ),
  );
  const atOnce = run.map((event) =>
    event.type === 'wire' && event.phase === 'waits'
      ? { ...event, t: went.get(`${event.host} ${event.id}`) ?? event.t }
      : event,
  );
  const acks = ladderOf(atOnce).rows.filter(
    (row) => row.kind === 'segment' && row.segment.flags === '.',
  );
  expect(acks).toHaveLength(1);
  expect(acks[0]).not.toHaveProperty('heldFor');
});
