import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CountersError, parseCounters } from './counters.ts';

const NETSTAT = `TcpExt: SyncookiesSent ListenOverflows ListenDrops
TcpExt: 0 13 26
IpExt: InNoRoutes InOctets
IpExt: 0 349438102
`;
const SNMP = `Tcp: RtoAlgorithm MaxConn ActiveOpens
Tcp: 1 -1 92
IcmpMsg: InType3
IcmpMsg: 1
IcmpMsg:
IcmpMsg:
`;

test('names are as nstat prints them', () => {
  expect(parseCounters(NETSTAT, SNMP)).toEqual({
    TcpExtSyncookiesSent: 0,
    TcpExtListenOverflows: 13,
    TcpExtListenDrops: 26,
    IpExtInNoRoutes: 0,
    IpExtInOctets: 349_438_102,
    TcpRtoAlgorithm: 1,
    TcpMaxConn: -1,
    TcpActiveOpens: 92,
    IcmpMsgInType3: 1,
  });
});

describe('what is refused, naming the file', () => {
  test.each([
    ['', '/proc/net/netstat: no counters'],
    ['TcpExt\n', '/proc/net/netstat: no "Name: ..." in "TcpExt"'],
    ['TcpExt: A B\n', '/proc/net/netstat: no "Name: ..." in ""'],
    ['TcpExt: A B\nTcpExt: 1\n', '/proc/net/netstat: TcpExt has 2 names, 1 values'],
    ['TcpExt: A\nIpExt: 1\n', '/proc/net/netstat: names of TcpExt, then values of IpExt'],
    ['TcpExt: A\nTcpExt: x\n', '/proc/net/netstat: TcpExtA is "x"'],
  ])('netstat %j', (netstat, message) => {
    const refused = expect(() => parseCounters(netstat, SNMP));
    refused.toThrow(CountersError);
    refused.toThrow(message);
  });

  test('snmp', () => {
    expect(() => parseCounters(NETSTAT, 'Tcp: A\n')).toThrow(
      '/proc/net/snmp: no "Name: ..." in ""',
    );
  });
});

test('any input gives numbers or a CountersError', () => {
  const word = fc.constantFrom('Tcp:', 'Ip:', ' ', '\n', 'A', '1', '-1', '__proto__');
  const words = fc.array(word).map((list) => list.join(''));
  const cut = fc.nat({ max: SNMP.length }).map((length) => SNMP.slice(0, length));
  const text = fc.oneof(words, fc.string({ unit: 'binary' }), cut);
  fc.assert(
    fc.property(text, text, (netstat, snmp) => {
      try {
        const values = Object.values(parseCounters(netstat, snmp));
        expect(values.every(Number.isFinite)).toBe(true);
      } catch (error) {
        if (!(error instanceof CountersError)) throw error;
      }
    }),
  );
});
