import { describe, expect, test } from 'vitest';
import { LISTENER, request, names, client, lost, got, passes, sent } from './edges.fixture.ts';
import {
  call,
  CLIENT,
  clientRow,
  exits,
  packet,
  sample,
  started,
  type Entry,
} from '../expect/script.fixture.ts';

describe('the end of a socket, by what ended it', () => {
  test.each<[string, string, Entry[], string[]]>([
    ['a reset', 'ESTAB 0 0', [got(50, 'R', 900)], ['ESTABLISHED -> CLOSED (rcv RST)']],
    ['its own reset', 'ESTAB 0 0', [sent(50, 'R.', 500, 900)], ['ESTABLISHED -> CLOSED (snd RST)']],
    ['a FIN first, then a reset', 'ESTAB 0 0', [got(40, 'F.', 900, 500), got(50, 'R', 901)], []],
    ['a reset from before', 'ESTAB 0 0', [got(-50, 'R', 900)], []],
    ['nothing that was seen', 'ESTAB 0 0', [], []],
    [
      'the ACK of its FIN',
      'LAST-ACK 0 1',
      [sent(-50, 'F.', 500, 901), got(50, '.', 901, 501)],
      ['LAST-ACK -> CLOSED'],
    ],
    [
      'a reset, its FIN not acknowledged',
      'LAST-ACK 0 1',
      [sent(-50, 'F.', 500, 901), got(50, 'R', 901)],
      ['LAST-ACK -> CLOSED (rcv RST)'],
    ],
    [
      'a FIN, with no room for TIME-WAIT',
      'FIN-WAIT-2 0 0',
      [got(50, 'F.', 900, 501)],
      ['FIN-WAIT-2 -> CLOSED (rcv FIN)'],
    ],
    [
      'a reset in TIME-WAIT',
      'TIME-WAIT 0 0',
      [got(50, 'R', 901)],
      ['TIME-WAIT -> CLOSED (rcv RST)'],
    ],
  ])('%s', (_how, was, between, expected) => {
    expect(names(...client(was), ...between)).toEqual(expected);
  });

  test('what was taken away on arrival is no cause', () => {
    const ack = got(10, '.', 901, 501);
    const fin = [sent(-60, 'F.', 500, 901), ack, got(50, 'F.', 901, 501)];
    const run = [...client('FIN-WAIT-1 0 0', 'TIME-WAIT 0 0'), ...fin];
    expect(names(...run)).toEqual([]);
    expect(names(...run, lost(11, ack))).toEqual(['FIN-WAIT-1 -> TIME-WAIT']);
  });

  const withTimer = (state: string, timer: string): Entry[] => [
    sample(0, 'client', clientRow(state, `timer:(${timer}) ino:0 sk:3`)),
    sample(100, 'client'),
  ];
  test.each([
    ['TIME-WAIT 0 0', 'timewait,080ms,0', ['TIME-WAIT -> CLOSED']],
    ['TIME-WAIT 0 0', 'timewait,59sec,0', []],
    ['FIN-WAIT-2 0 0', 'timewait,080ms,0', ['FIN-WAIT-2 -> CLOSED (timeout)']],
    ['ESTAB 0 5', 'on,080ms,5', ['ESTABLISHED -> CLOSED (timeout)']],
  ])('%s, its timer (%s)', (state, timer, expected) => {
    expect(names(...withTimer(state, timer))).toEqual(expected);
  });

  /** The client's program, which holds the socket in SYN-SENT; its timer is about to run out. */
  const connecting = [
    started(0, 70),
    sample(
      0,
      'client',
      clientRow('SYN-SENT 0 1', 'users:(("node",pid=70,fd=3)) timer:(on,050ms,1) ino:5 sk:3'),
    ),
    sample(100, 'client'),
  ];
  const returns = (code: string): Entry =>
    call(60, { phase: 'return', call: 'connect', args: [3], result: -1, code });
  test.each<[string, Entry[], string[]]>([
    ['closed', [call(50, { phase: 'enter', call: 'close', args: [3] })], ['SYN-SENT -> CLOSED']],
    ['killed', [exits(50, null, 'SIGKILL')], ['SYN-SENT -> CLOSED']],
    [
      'nobody answered, whatever else it asked',
      [call(50, { phase: 'return', call: 'getsockname', args: [3], result: 0 })],
      ['SYN-SENT -> CLOSED (timeout)'],
    ],
    ['nobody answered', [returns('ETIMEDOUT'), exits(70, 1)], ['SYN-SENT -> CLOSED (timeout)']],
    [
      'closed by another',
      [exits(50, 1, null, { ...CLIENT, program: 9 })],
      ['SYN-SENT -> CLOSED (timeout)'],
    ],
  ])('SYN-SENT: %s', (_how, between, expected) => {
    expect(names(...connecting, ...between)).toEqual(expected);
  });

  test('SYN-SENT: ICMP ended it, before its timer', () => {
    const row = clientRow(
      'SYN-SENT 0 1',
      'users:(("node",pid=70,fd=3)) timer:(on,900ms,1) ino:5 sk:3',
    );
    const entries = [started(0, 70), sample(0, 'client', row), sample(100, 'client')];
    expect(names(...entries, returns('EHOSTUNREACH'), exits(70, 1))).toEqual([]);
  });

  describe('a request of a listener', () => {
    const before = sample(0, 'server', LISTENER, request);
    const [stays, goes] = [sample(100, 'server', LISTENER), sample(100, 'server')];
    const from = (flags: string, ack?: number): Entry =>
      packet(50, 'server', 'client', flags, 501, ack === undefined ? {} : { ack });
    const reset = (ms: number): Entry => packet(ms, 'server', 'server', 'R', 901);
    const old = sample(0, 'server', LISTENER, request.replace('900ms', '020ms'));

    test.each<[string, Entry[], string[]]>([
      ['is reset', [before, from('R'), stays], ['SYN-RECEIVED -> LISTEN']],
      ['is reset by the server', [before, reset(50), stays], ['SYN-RECEIVED -> LISTEN (snd RST)']],
      [
        'is reset by the server, whose queue is slow: the capture has the reset after the sample',
        [before, passes(99, reset(110)), stays, reset(110)],
        ['SYN-RECEIVED -> LISTEN (snd RST)'],
      ],
      ['is given up', [old, stays], ['SYN-RECEIVED -> LISTEN (timeout)']],
      [
        'is given up, its ACK ignored by a full queue',
        [old, from('.', 901), stays],
        ['SYN-RECEIVED -> LISTEN (timeout)'],
      ],
      ['became a connection that was over soon', [before, from('F.', 901), stays], []],
      [
        'is reset when nobody listens any more',
        [before, from('R'), goes],
        ['LISTEN -> CLOSED', 'SYN-RECEIVED -> CLOSED (rcv RST)'],
      ],
    ])('%s', (_how, entries, expected) => {
      expect(names(...entries).toSorted()).toEqual(expected.toSorted());
    });
  });
});
