import { describe, expect, test } from 'vitest';
import type { Segment } from '../tcp/segment.ts';
import { Repetitions, type Repetition } from './repetition.ts';

const client = { address: '10.0.0.2', port: 40000 };
const server = { address: '10.0.0.1', port: 6000 };

const segment = (flags: string, seq: number, ack?: number, length = 0): Segment => ({
  src: client,
  dst: server,
  flags,
  seq,
  ...(ack === undefined ? {} : { ack }),
  window: 502,
  length,
  options: {},
  ip: { id: 0, ttl: 64, length: 40 },
});

const answer = (flags: string, seq: number, ack?: number, length = 0): Segment => ({
  ...segment(flags, seq, ack, length),
  src: server,
  dst: client,
});

function kinds(list: readonly Segment[]): (Repetition | undefined)[] {
  const repetitions = new Repetitions();
  return list.map((one) => repetitions.next(one));
}
const repeats = (list: readonly Segment[]): boolean[] =>
  kinds(list).map((kind) => kind !== undefined);

test('what a segment that brings nothing new is', () => {
  const reset = answer('R.', 0, 11);
  const list = [segment('S', 10), segment('S', 10), reset, reset];
  expect(kinds(list)).toEqual([undefined, 'retransmission', undefined, 'reset']);
  const acks = [segment('P.', 11, 71, 5), segment('P.', 11, 71, 5), segment('.', 16, 71)];
  expect(kinds(acks)).toEqual([undefined, 'retransmission', 'acknowledgment']);
});

describe('a copy that the network made', () => {
  const numbered = (one: Segment, id: number): Segment => ({ ...one, ip: { ...one.ip, id } });
  const data = segment('P.', 11, 71, 5);

  test('has the same IPv4 identification, and is no repetition', () => {
    expect(kinds([numbered(data, 7), numbered(data, 7)])).toEqual([undefined, undefined]);
    const ack = segment('.', 11, 71);
    expect(kinds([numbered(ack, 7), numbered(ack, 7)])).toEqual([undefined, undefined]);
  });

  test('a kernel that sends again counts its identification on', () => {
    expect(kinds([numbered(data, 7), numbered(data, 8)])).toEqual([undefined, 'retransmission']);
    // A copy of what was sent again is one too.
    expect(kinds([numbered(data, 7), numbered(data, 8), numbered(data, 8)])).toEqual([
      undefined,
      'retransmission',
      undefined,
    ]);
  });

  test('the identification has come round: another segment that has it is no copy', () => {
    const next = segment('P.', 16, 71, 5);
    expect(kinds([numbered(data, 7), numbered(next, 8), numbered(data, 8)])).toEqual([
      undefined,
      undefined,
      'retransmission',
    ]);
  });

  test('without an identification it cannot be told', () => {
    expect(kinds([data, data])).toEqual([undefined, 'retransmission']);
  });
});

describe('a segment brings nothing new when', () => {
  test('it is a SYN, SYN-ACK or FIN sent again', () => {
    const list = [
      segment('S', 10),
      segment('S', 10),
      answer('S.', 70, 11),
      answer('S.', 70, 11),
      segment('.', 11, 71),
      answer('F.', 71, 11),
      answer('F.', 71, 11),
    ];
    expect(repeats(list)).toEqual([false, true, false, true, false, false, true]);
  });

  test('it is an ACK that answers something sent again', () => {
    expect(repeats([segment('.', 11, 71), segment('.', 11, 71)])).toEqual([false, true]);
    // The FIN moved seq on, the ACK is still the old one.
    const afterFin = [segment('.', 11, 71), segment('F.', 11, 71), segment('.', 12, 71)];
    expect(repeats(afterFin)).toEqual([false, false, true]);
  });

  test('its data was sent before, also in other pieces', () => {
    const list = [segment('P.', 11, 71, 5), segment('P.', 16, 71, 5), segment('P.', 11, 71, 10)];
    expect(repeats(list)).toEqual([false, false, true]);
  });

  test('it is a reset sent again, for a segment that was sent again', () => {
    const reset = answer('R.', 0, 11);
    expect(repeats([segment('S', 10), segment('S', 10), reset, reset, reset])).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('a segment brings something new when', () => {
  test('it is sent again with a later acknowledgment', () => {
    expect(repeats([segment('F.', 11, 71), segment('F.', 11, 72)])).toEqual([false, false]);
  });

  test('a reset far ahead came before it', () => {
    const list = [segment('P.', 11, 71, 5), segment('R', 9000), segment('P.', 16, 71, 5)];
    expect(repeats(list)).toEqual([false, false, false]);
  });

  test('it carries an octet more than was sent', () => {
    expect(repeats([segment('.', 11, 71, 5), segment('F.', 11, 71, 5)])).toEqual([false, false]);
  });

  test('it is a reset, and no segment was sent again', () => {
    expect(repeats([segment('R', 11), segment('R', 11)])).toEqual([false, false]);
    const reset = answer('R', 71);
    expect(repeats([segment('P.', 11, 71, 5), reset, reset])).toEqual([false, false, false]);
  });

  test('it is a reset with another number', () => {
    const list = [segment('S', 10), segment('S', 10), answer('R.', 0, 11), answer('R.', 0, 12)];
    expect(repeats(list)).toEqual([false, true, false, false]);
  });

  test('it begins another connection with the same ports', () => {
    const list = [segment('S', 10), segment('S', 5000), segment('S', 5000), segment('.', 5001, 1)];
    expect(repeats(list)).toEqual([false, false, true, false]);
  });

  test('it is of another connection', () => {
    const other = { ...segment('S', 10), src: { ...client, port: 40001 } };
    expect(repeats([segment('S', 10), other])).toEqual([false, false]);
  });

  test('its numbers have passed 2^32', () => {
    const list = [
      segment('P.', 0xfffffff0, 71, 16),
      segment('P.', 0, 71, 5),
      segment('P.', 0, 71, 5),
    ];
    expect(repeats(list)).toEqual([false, false, true]);
  });
});
