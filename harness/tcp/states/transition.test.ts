import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTransition, TransitionError } from './transition.ts';

// Real lines: Linux 6.18, trace clock mono. The task calls itself `a-1 [0] b c`.
const PASSIVE =
  '     a-1 [0] b c-7083    [001] ..s2.  1316.133014: inet_sock_set_state: family=AF_INET protocol=IPPROTO_TCP sport=6000 dport=59068 saddr=127.0.0.1 daddr=127.0.0.1 saddrv6=::ffff:127.0.0.1 daddrv6=::ffff:127.0.0.1 oldstate=TCP_LISTEN newstate=TCP_SYN_RECV';
const ANY_V6 =
  '     a-1 [0] b c-7083    [001] .....  1316.133115: inet_sock_set_state: family=AF_INET6 protocol=IPPROTO_TCP sport=6000 dport=0 saddr=0.0.0.0 daddr=0.0.0.0 saddrv6=:: daddrv6=:: oldstate=TCP_CLOSE newstate=TCP_LISTEN';
const MAPPED =
  '     a-1 [0] b c-7083    [001] ..s2.  1316.133169: inet_sock_set_state: family=AF_INET6 protocol=IPPROTO_TCP sport=6000 dport=59076 saddr=127.0.0.1 daddr=127.0.0.1 saddrv6=::ffff:127.0.0.1 daddrv6=::ffff:127.0.0.1 oldstate=TCP_ESTABLISHED newstate=TCP_CLOSE_WAIT';
const FIELDS = PASSIVE.slice(PASSIVE.indexOf('inet_sock'));

describe('a transition', () => {
  test('in full', () => {
    expect(parseTransition(PASSIVE)).toEqual({
      time: 1_316_133_014_000n,
      pid: 7083,
      command: 'a-1 [0] b c',
      family: 'AF_INET',
      protocol: 'IPPROTO_TCP',
      local: { address: '127.0.0.1', port: 6000 },
      peer: { address: '127.0.0.1', port: 59_068 },
      from: 'LISTEN',
      to: 'SYN-RECEIVED',
    });
  });

  test('of an IPv6 socket', () => {
    expect(parseTransition(ANY_V6)).toMatchObject({
      family: 'AF_INET6',
      local: { address: '::', port: 6000 },
      peer: { address: '::', port: 0 },
      from: 'CLOSED',
      to: 'LISTEN',
    });
  });

  test('of an IPv6 socket that speaks IPv4', () => {
    expect(parseTransition(MAPPED)).toMatchObject({
      family: 'AF_INET6',
      local: { address: '127.0.0.1', port: 6000 },
      peer: { address: '127.0.0.1', port: 59_076 },
    });
  });

  test.each([
    ['four flags (older kernels)', `python3-3456    [001] ..s2   542.013401: ${FIELDS}\n`],
    ['no flags', `python3-3456    [001]   542.013401: ${FIELDS}`],
    ['thread group', `python3-3456    ( 3400) [001] ..s2.   542.013401: ${FIELDS}`],
    ['thread group unknown', `python3-3456    (-------) [001] d.s2.   542.013401: ${FIELDS}`],
    ['many processors', `python3-3456    [1023] dNs2.   542.013401: ${FIELDS}`],
  ])('%s', (_name, line) => {
    const expected = { pid: 3456, command: 'python3', time: 542_013_401_000n, to: 'SYN-RECEIVED' };
    expect(parseTransition(line)).toMatchObject(expected);
  });

  test.each(['<idle>', '<...>', 'ksoftirqd/0', 'a: b: c', '-1 [000] ..... ', 'x-9', '', '[000]'])(
    'by the task %j',
    (command) => {
      const line = `${command.padStart(16)}-12      [000] ..s1.     0.000001: ${FIELDS}`;
      expect(parseTransition(line)).toMatchObject({ command, pid: 12, time: 1000n });
    },
  );
});

describe('another line', () => {
  test.each([
    ['CPU:1 [LOST 5 EVENTS]', { lost: 5 }],
    ['CPU:11 [LOST 1234567 EVENTS]\n', { lost: 1_234_567 }],
    ['CPU:0 [LOST EVENTS]', { lost: 1 }],
    ['          <idle>-0       [000] d.h1.   542.013401: sched_wakeup: comm=x pid=1', null],
    ['# tracer: nop', null],
    ['', null],
    [
      `sh-1 [000] ..... 1.000000: sched_process_exec: filename=a-1 [000] ..... 1.000000: ${FIELDS}`,
      null,
    ],
  ])('%j', (line, expected) => {
    expect(parseTransition(line)).toEqual(expected);
  });
});

describe('a transition that cannot be read', () => {
  test.each([
    [PASSIVE.replace('..s2.  1316.133014', '..s2.  1316133014'), 'unreadable'],
    [PASSIVE.replace('TCP_LISTEN', 'TCP_NEW'), 'unknown oldstate TCP_NEW'],
    [PASSIVE.replace(' newstate=TCP_SYN_RECV', ''), 'no newstate'],
    [PASSIVE.replace('family=AF_INET ', 'family=0x1f '), 'unknown family 0x1f'],
    [PASSIVE.replace('sport=6000', 'sport=http'), 'sport http is not a port'],
    [PASSIVE.replace('saddr=127.0.0.1 ', ''), 'no saddr'],
  ])('case %#', (line, reason) => {
    const refused = expect(() => parseTransition(line));
    refused.toThrow(TransitionError);
    refused.toThrow(`inet_sock_set_state: ${reason}: ${JSON.stringify(line)}`);
  });
});

describe('any input', () => {
  const attempt = (line: string) => {
    try {
      return parseTransition(line);
    } catch (error) {
      if (error instanceof TransitionError) return error;
      throw error;
    }
  };

  test('noise is no transition', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        expect(attempt(line)).toBeNull();
      }),
    );
  });

  test('a damaged line gives sound fields, null or a TransitionError', () => {
    const where = fc.nat({ max: PASSIVE.length });
    fc.assert(
      fc.property(where, fc.nat({ max: 20 }), fc.string({ maxLength: 4 }), (at, cut, text) => {
        const result = attempt(PASSIVE.slice(0, at) + text + PASSIVE.slice(at + cut));
        if (result === null || result instanceof TransitionError || 'lost' in result) return;
        expect(result.time).toBeGreaterThanOrEqual(0n);
        expect([result.pid, result.local.port, result.peer.port].every(Number.isInteger)).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });
});
