import { describe, expect, test } from 'vitest';
import { LISTENER, request, established, names, whys, client, got, sent } from './edges.fixture.ts';
import { clientRow, packet, sample, serverRow, type Entry } from '../expect/script.fixture.ts';

describe('what successive samples of a host show', () => {
  test('a server: from CLOSED to LISTEN, then a connection from LISTEN on', () => {
    const entries = [
      sample(0, 'server'),
      sample(100, 'server', LISTENER),
      sample(200, 'server', LISTENER, request),
      sample(300, 'server', LISTENER, established),
      sample(400, 'server', serverRow('FIN-WAIT-1 0 1', 'ino:0 sk:2')),
    ];
    expect(names(...entries, packet(250, 'server', 'client', '.', 2, { ack: 2 }))).toEqual([
      'CLOSED -> LISTEN',
      'LISTEN -> SYN-RECEIVED',
      'SYN-RECEIVED -> ESTABLISHED',
      'LISTEN -> CLOSED',
      'ESTABLISHED -> FIN-WAIT-1',
    ]);
  });

  test('nothing, when a state between the two was skipped', () => {
    expect(names(...client('ESTAB 0 0', 'FIN-WAIT-2 0 0'))).toEqual([]);
    expect(whys(...client('ESTAB 0 0', 'FIN-WAIT-2 0 0'))).toEqual([{ why: 'no edge' }]);
    expect(
      names(sample(0, 'server', LISTENER), sample(1, 'server', LISTENER, established)),
    ).toEqual([]);
  });

  test('nothing, without a sample before', () => {
    expect(names(sample(0, 'server', LISTENER))).toEqual([]);
  });

  test('nothing of one host by the samples of the other', () => {
    const other = sample(100, 'server', clientRow('FIN-WAIT-1 0 1', 'ino:5 sk:3'));
    expect(names(sample(0, 'client', clientRow('ESTAB 0 0', 'ino:5 sk:3')), other)).toEqual([]);
  });

  test('nothing of a socket by the next one on the same addresses and ports', () => {
    const next = sample(100, 'client', clientRow('FIN-WAIT-1 0 1', 'ino:6 sk:4'));
    expect(names(sample(0, 'client', clientRow('ESTAB 0 0', 'ino:5 sk:3')), next)).toEqual([]);
  });

  test('a connection in SYN-RECEIVED without a listener comes from no LISTEN', () => {
    expect(names(sample(0, 'server'), sample(100, 'server', request))).toEqual([]);
  });

  test('a listener on any address takes it, too', () => {
    const any = LISTENER.replace('10.0.0.1:6000', '0.0.0.0:6000');
    expect(names(sample(0, 'server', any), sample(100, 'server', any, request))).toEqual([
      'LISTEN -> SYN-RECEIVED',
    ]);
  });

  test('a TIME-WAIT that is ended for the next connection', () => {
    const timeWait = serverRow('TIME-WAIT 0 0', 'timer:(timewait,50sec,0) ino:0 sk:8');
    const [before, after] = [
      sample(0, 'server', LISTENER, timeWait),
      sample(100, 'server', LISTENER, request),
    ];
    const syn = packet(50, 'server', 'client', 'S', 9000);
    expect(names(before, syn, after)).toEqual(['TIME-WAIT -> SYN-RECEIVED (rcv SYN)']);
    expect(names(before, after)).toEqual([]);
  });

  test('one and the same socket from LISTEN to SYN-SENT, which Linux does not have', () => {
    const connecting = serverRow('SYN-SENT 0 1', 'ino:9 sk:1');
    expect(names(sample(0, 'server', LISTENER), sample(100, 'server', connecting))).toEqual([
      'LISTEN -> SYN-SENT',
    ]);
  });
});

describe('another route from the one state to the other', () => {
  const timeWait = client('FIN-WAIT-1 0 1', 'TIME-WAIT 0 0');
  const [fin, ack] = [got(60, 'F.', 900, 500), got(60, '.', 900, 501)];
  const mine = sent(10, 'F.', 500, 900);

  test.each<[string, string[], Entry[]]>([
    ['its FIN acknowledges ours', ['FIN-WAIT-1 -> TIME-WAIT'], [got(50, 'F.', 900, 501)]],
    ['by way of FIN-WAIT-2', [], [ack, got(70, 'F.', 900, 501)]],
    ['by way of CLOSING', [], [fin, got(70, '.', 901, 501)]],
    ['nobody knows', [], []],
  ])('from FIN-WAIT-1 to TIME-WAIT: %s', (_how, expected, packets) => {
    expect(names(mine, ...packets, ...timeWait)).toEqual(expected);
  });

  test('the FIN that nobody has carried yet is acknowledged by an injected segment', () => {
    const data = sent(10, 'P.', 490, 900);
    expect(names(data, got(50, 'F.', 900, 491), ...timeWait)).toEqual(['FIN-WAIT-1 -> TIME-WAIT']);
    expect(names(data, got(50, 'F.', 900, 490), ...timeWait)).toEqual([]);
  });

  const open = client('SYN-SENT 0 1', 'ESTAB 0 0');
  test.each<[string, string[], Entry[]]>([
    ['a SYN+ACK', ['SYN-SENT -> ESTABLISHED'], [got(50, 'S.', 900, 501)]],
    ['a SYN, and by way of SYN-RECEIVED', [], [got(50, 'S', 900), got(60, 'S.', 900, 501)]],
  ])('from SYN-SENT to ESTABLISHED: %s', (_how, expected, packets) => {
    expect(names(sent(-10, 'S', 500), ...packets, ...open)).toEqual(expected);
  });

  const closing = client('SYN-RECV 0 0', 'FIN-WAIT-1 0 1');
  test.each<[string, string[], Entry[]]>([
    ['before it was open', ['SYN-RECEIVED -> FIN-WAIT-1'], []],
    ['by way of ESTABLISHED', [], [got(50, '.', 901, 501)]],
    ['acknowledged later', ['SYN-RECEIVED -> FIN-WAIT-1'], [got(105, '.', 901, 501)]],
  ])('from SYN-RECEIVED to FIN-WAIT-1: %s', (_how, expected, packets) => {
    expect(names(...packets, ...closing)).toEqual(expected);
  });
});
