import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetstatError, parseNetstat, type NetstatRow } from './netstat.ts';

/** Real output of `netstat -natp`, net-tools 2.10 on Linux 6.18; only blanks at line ends removed. */
const SAMPLE = `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        2      0 127.0.0.1:7001          0.0.0.0:*               LISTEN      5181/node
tcp        0      1 127.0.0.1:7003          127.0.0.1:53966         LAST_ACK    -
tcp        0      0 127.0.0.1:35176         127.0.0.1:7000          ESTABLISHED 5181/node
tcp        0      0 127.0.0.1:35192         127.0.0.1:7000          FIN_WAIT2   5181/node
tcp        0      0 127.0.0.1:35208         127.0.0.1:7000          TIME_WAIT   -
tcp        0      1 127.0.0.1:32846         127.0.0.1:7002          FIN_WAIT1   5181/node
tcp        0      1 127.0.0.1:45560         127.0.0.1:7001          SYN_SENT    5181/node
tcp        1      0 127.0.0.1:7000          127.0.0.1:35192         CLOSE_WAIT  5181/node
tcp        5      0 127.0.0.1:7000          127.0.0.1:35176         ESTABLISHED 5181/node
tcp        0      0 127.0.0.1:7001          127.0.0.1:45560         SYN_RECV    -
tcp6       0      0 2001:db8:1234:567:12345 :::*                    LISTEN      5213/my prog: a (b)
tcp6       0      0 :::7004                 :::*                    LISTEN      5181/node
tcp6       0      0 ::1:45098               ::1:7000                ESTABLISHED 5181/node`.split(
  '\n',
);

const rows = parseNetstat(SAMPLE);
const row = (line: string): NetstatRow => {
  const [parsed] = parseNetstat([line]);
  if (!parsed) throw new Error('no row');
  return parsed;
};

describe('real output', () => {
  test('headings are no rows', () => {
    expect(rows).toHaveLength(13);
    expect(parseNetstat(SAMPLE.slice(0, 2))).toEqual([]);
  });

  test('the states are named as RFC 9293 names them', () => {
    expect(rows.map(({ state }) => state)).toEqual([
      ...['LISTEN', 'LAST-ACK', 'ESTABLISHED', 'FIN-WAIT-2', 'TIME-WAIT', 'FIN-WAIT-1'],
      ...['SYN-SENT', 'CLOSE-WAIT', 'ESTABLISHED', 'SYN-RECEIVED', 'LISTEN', 'LISTEN'],
      'ESTABLISHED',
    ]);
  });

  test('a row with everything', () => {
    expect(rows[8]).toEqual({
      line: 'tcp 5 0 127.0.0.1:7000 127.0.0.1:35176 ESTABLISHED 5181/node',
      proto: 'tcp',
      recvQ: 5,
      sendQ: 0,
      local: '127.0.0.1:7000',
      foreign: '127.0.0.1:35176',
      state: 'ESTABLISHED',
      program: '5181/node',
    });
  });

  test('a row that no process holds', () => {
    expect(rows[1]).toEqual({
      line: 'tcp 0 1 127.0.0.1:7003 127.0.0.1:53966 LAST_ACK -',
      proto: 'tcp',
      recvQ: 0,
      sendQ: 1,
      local: '127.0.0.1:7003',
      foreign: '127.0.0.1:53966',
      state: 'LAST-ACK',
    });
  });

  test('IPv6: an address that is cut, a name with blanks', () => {
    expect(rows[10]).toMatchObject({
      proto: 'tcp6',
      local: '2001:db8:1234:567:12345',
      foreign: ':::*',
      program: '5213/my prog: a (b)',
    });
  });
});

test('without -p, and with the blanks that netstat ends its lines with', () => {
  const [line] = [
    'tcp        0      1 172.17.0.2:40582        192.168.0.110:10000     SYN_SENT   ',
  ];
  expect(row(line)).toEqual({
    line: 'tcp 0 1 172.17.0.2:40582 192.168.0.110:10000 SYN_SENT',
    proto: 'tcp',
    recvQ: 0,
    sendQ: 1,
    local: '172.17.0.2:40582',
    foreign: '192.168.0.110:10000',
    state: 'SYN-SENT',
  });
});

describe('what is refused', () => {
  const START = 'tcp 0 0 127.0.0.1:7000 127.0.0.1:35192';
  test.each([
    [
      'udp        0      0 0.0.0.0:68              0.0.0.0:*                           -',
      'this is not a TCP socket',
    ],
    [
      '(No info could be read for "-p": geteuid()=1000 but you should be root.)',
      'this is not a TCP socket',
    ],
    ['tcp 0 x 127.0.0.1:7000 127.0.0.1:35192 LISTEN', 'this is not a TCP socket'],
    ['tcp 0 0 127.0.0.1:http 127.0.0.1:35192 LISTEN', 'this is not a TCP socket'],
    [START, 'this is not a TCP socket'],
    [`${START} ESTAB`, 'unknown state ESTAB'],
    [`${START} UNKNOWN`, 'unknown state UNKNOWN'],
  ])('%s', (line, reason) => {
    const refused = (): unknown => parseNetstat([...SAMPLE, line]);
    expect(refused).toThrow(NetstatError);
    expect(refused).toThrow(`${reason}: ${JSON.stringify(line)}`);
  });
});

test('any input gives rows or a NetstatError', () => {
  const word = fc.constantFrom('tcp', 'tcp6', '0', '-1', '1.2.3.4:5', ':::*', 'LISTEN', '-', '7/x');
  const words = fc.array(word, { maxLength: 9 }).map((list) => list.join(' '));
  const cut = fc.tuple(fc.constantFrom(...SAMPLE), fc.nat({ max: 100 }));
  const line = fc.oneof(
    words,
    fc.string({ unit: 'binary' }),
    cut.map(([whole, length]) => whole.slice(0, length)),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      try {
        for (const { recvQ, sendQ } of parseNetstat(lines)) {
          expect([recvQ, sendQ].every(Number.isSafeInteger)).toBe(true);
        }
      } catch (error) {
        if (!(error instanceof NetstatError)) throw error;
      }
    }),
  );
});
