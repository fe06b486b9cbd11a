import { describe, expect, test } from 'vitest';
import type { HostName } from '../../evidence/events.ts';
import { parseNetstat } from '../../tcp/tables/netstat.ts';
import { netstatCensus, netstatShows, type NetstatOptions } from './netstat.ts';
import { evaluate, LINK, stream, told, type Entry } from '../script.fixture.ts';

const HEADINGS = [
  'Active Internet connections (servers and established)',
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    ',
];
const LISTENER =
  'tcp        0      0 10.0.0.1:6000           0.0.0.0:*               LISTEN      7/node              ';
const FIRST =
  'tcp        0      0 10.0.0.1:6000           10.0.0.2:40000          ESTABLISHED 7/node              ';
const SECOND =
  'tcp        5      0 10.0.0.1:6000           10.0.0.2:40001          ESTABLISHED -                   ';
const ELSEWHERE =
  'tcp        0      0 10.0.0.1:40002          10.0.0.2:7              TIME_WAIT   -                   ';

/** Docker's name server, which only its hosts have. */
const DNS = LISTENER.replace('10.0.0.1:6000  ', '127.0.0.11:4000');

const reading = (ms: number, host: HostName, ...lines: string[]): Entry => ({
  ms,
  body: {
    type: 'action',
    phase: 'end',
    id: 1,
    op: 'netstat',
    host,
    value: [...HEADINGS, ...lines],
  },
});

const shows = (text: string, options?: NetstatOptions) =>
  netstatShows('server', LINK, text, options);
const all = stream(reading(0, 'server', DNS, LISTENER, FIRST, SECOND, ELSEWHERE));

describe('a line', () => {
  test.each([
    'tcp 0 0 SERVER:6000 0.0.0.0:* LISTEN PID/node',
    '  tcp    0  0  10.0.0.1:6000  0.0.0.0:*  LISTEN  7/node  ',
    'tcp 0 0 SERVER:6000 0.0.0.0:* LISTEN',
    'tcp 0 0 SERVER:* * LISTEN */no*',
    '* * * * * LISTEN *',
  ])('%s', (line) => {
    expect(told(shows(line), all)).toBe('met, seen tcp 0 0 10.0.0.1:6000 0.0.0.0:* LISTEN 7/node');
  });

  test('addresses of both hosts; nobody who holds it', () => {
    expect(told(shows('tcp 5 0 SERVER:6000 CLIENT:40001 ESTABLISHED -'), all)).toBe(
      'met, seen tcp 5 0 10.0.0.1:6000 10.0.0.2:40001 ESTABLISHED -',
    );
  });

  test('of the last reading of that host', () => {
    const events = stream(
      reading(0, 'server', FIRST),
      reading(10, 'server', LISTENER),
      reading(20, 'client', FIRST),
    );
    const line = shows('tcp 0 0 SERVER:6000 0.0.0.0:* LISTEN');
    expect(evaluate(line, events)).toMatchObject({ verdict: 'met', by: [1] });
    expect(told(shows('tcp 0 0 SERVER:6000 CLIENT:* ESTABLISHED'), events)).toMatch(
      /saw no such line\n/,
    );
    expect(told(line, stream(reading(0, 'client', LISTENER)))).toMatch(/saw no reading of it$/);
  });

  test('what is there instead, with the columns that differ', () => {
    const line = shows('tcp 0 5 SERVER:6000 0.0.0.0:* LISTEN PID/node', { port: 6000 });
    expect(told(line, all).split('\n')).toEqual([
      'expected netstat -natp of the server to show for port 6000: tcp 0 5 10.0.0.1:6000 0.0.0.0:* LISTEN PID/node, saw no such line',
      '  tcp 0 0 10.0.0.1:6000 0.0.0.0:* LISTEN 7/node  (Send-Q 0, not 5)',
      '  tcp 0 0 10.0.0.1:6000 10.0.0.2:40000 ESTABLISHED 7/node  (Send-Q 0, not 5; Foreign Address 10.0.0.2:40000, not 0.0.0.0:*; State ESTABLISHED, not LISTEN)',
      '  tcp 5 0 10.0.0.1:6000 10.0.0.2:40001 ESTABLISHED -  (Recv-Q 5, not 0; Send-Q 0, not 5; Foreign Address 10.0.0.2:40001, not 0.0.0.0:*; State ESTABLISHED, not LISTEN; PID/Program name -, not PID/node)',
    ]);
  });

  test('a dot is a dot, and PID is a number', () => {
    expect(told(shows('tcp 0 0 10a0.0.1:6000 * LISTEN'), all)).toMatch(/no such line/);
    expect(told(shows('tcp 0 0 10.0.0.1:60 * LISTEN'), all)).toMatch(/no such line/);
    expect(told(shows('tcp 5 0 SERVER:6000 * ESTABLISHED PID/node'), all)).toMatch(/no such line/);
  });

  test("a program's name with blanks", () => {
    const named = LISTENER.replace('7/node', '7/my prog');
    const line = shows('tcp 0 0 SERVER:6000 0.0.0.0:* LISTEN PID/my prog');
    expect(told(line, stream(reading(0, 'server', named)))).toMatch(/^met/);
    expect(told(line, all)).toContain('(PID/Program name 7/node, not PID/my prog)');
  });
});

describe('several lines', () => {
  const ANY = 'tcp * * SERVER:6000 CLIENT:* ESTABLISHED';
  const ONE = 'tcp * * SERVER:6000 CLIENT:40000 ESTABLISHED';

  test('each has a row of its own, whatever the order', () => {
    const rows = parseNetstat([SECOND, FIRST, LISTENER]);
    const met = { verdict: 'met', value: rows, by: [0] };
    expect(evaluate(shows(`${ANY}\n${ONE}\ntcp * * * * LISTEN`), all)).toMatchObject(met);
    expect(evaluate(shows(`${ONE}\n${ANY}`), all)).toMatchObject({
      verdict: 'met',
      value: [rows[1], rows[0]],
    });
  });

  test('one too many', () => {
    const [reason, ...rows] = told(shows(`${ANY}\n${ONE}\n${ANY}`, { port: 6000 }), all).split(
      '\n',
    );
    expect(reason).toMatch(
      /ESTABLISHED, saw no line for tcp \* \* 10\.0\.0\.1:6000 10\.0\.0\.2:\* ESTABLISHED$/,
    );
    expect(rows).toContain(
      '  tcp 0 0 10.0.0.1:6000 10.0.0.2:40000 ESTABLISHED 7/node  (another line has it)',
    );
  });
});

test.each([
  ['tcp 0 0 SERVER:6000 0.0.0.0:* LISTENING', "'LISTENING' is not a state"],
  ['tcp 0 0 SERVER:6000 0.0.0.0:* SYN-RECV', "'SYN-RECV' is not a state"],
  ['tcp 0 0 SERVER:6000 LISTEN', 'it has 5 columns'],
  [' \n ', 'no line that netstat should show'],
])('%j is refused: netstat prints no such line', (text, reason) => {
  expect(() => shows(text)).toThrow(reason);
});

describe('the census as netstat -n and awk count it', () => {
  const counts = (wanted: Parameters<typeof netstatCensus>[1], options?: NetstatOptions) =>
    told(netstatCensus('server', wanted, options), all);

  test('met, without the listener', () => {
    expect(counts({ ESTABLISHED: 2, 'TIME-WAIT': 1 })).toBe('met, seen ESTABLISHED 2, TIME_WAIT 1');
  });

  test('of a port', () => {
    expect(counts({ ESTABLISHED: 2 }, { port: 6000 })).toBe('met, seen ESTABLISHED 2');
    expect(counts({ 'TIME-WAIT': 1 }, { port: 7 })).toBe('met, seen TIME_WAIT 1');
    expect(counts({}, { port: 60 })).toBe('met, seen nothing');
  });

  test.each([
    [{ ESTABLISHED: 2 }, 'ESTABLISHED 2'],
    [{ ESTABLISHED: 2, 'TIME-WAIT': 2 }, 'ESTABLISHED 2, TIME_WAIT 2'],
    [{}, 'nothing'],
  ])('%j differs', (wanted, words) => {
    expect(counts(wanted)).toBe(
      `expected netstat -n | awk of the server to count ${words}, saw ESTABLISHED 2, TIME_WAIT 1`,
    );
  });

  test('a state that netstat -n cannot show', () => {
    expect(() => counts({ LISTEN: 1 })).toThrow('netstat -n does not show LISTEN');
  });
});
