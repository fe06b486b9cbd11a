import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONTINUED, ONE_LINE, RELEASE_5_4, RELEASE_6_15, RELEASE_7_1 } from './ss.fixture.ts';
import { parseSs, parseTimer, SsError, type SocketRow } from './ss.ts';
import { STATES } from '../states/state.ts';

const rows = parseSs(ONE_LINE);
const rowIn = (state: string) => rows.filter((row) => row.state === state);
const parsed = (line: string) => {
  const [row] = parseSs(line);
  if (!row) throw new Error('no row');
  return row;
};

describe('real output', () => {
  test('has every state but CLOSED, which iproute2 6.1 does not show', () => {
    expect(rows).toHaveLength(18);
    const seen = new Set(rows.map(({ state }) => state));
    expect(STATES.filter((state) => !seen.has(state))).toEqual(['CLOSED']);
  });

  test('a row with everything', () => {
    expect(rowIn('FIN-WAIT-1')).toMatchObject([
      {
        recvQ: 0,
        sendQ: 1,
        local: { address: '127.0.0.1', port: 43_870 },
        peer: { address: '127.0.0.1', port: 6000 },
        timer: { name: 'on', expiresMs: 12, retransmits: 2 },
        processes: [
          { name: 'new\nline it', pid: 7270, fd: 17 },
          { name: 'we"ird', pid: 7202, fd: 17 },
        ],
        inode: 14_733,
        cookie: '1b',
        info: {
          cgroup: '/',
          shutdown: '<--',
          skmem: '(r0,rb131072,t0,tb3939840,f3264,w832,o0,bl0,d0)',
          ts: '',
          sack: '',
          bbr: '(bw:0bps,mrtt:0.03,pacing_gain:1,cwnd_gain:1)',
          wscale: '10,10',
          rto: '800',
          backoff: '2',
          mss: '32741',
          cwnd: '1',
          send: '8730933333bps',
          pacing_rate: '249517099808bps',
          app_limited: '',
          retrans: '1/3',
        },
      },
    ]);
  });

  test('a socket in the middle of connect(): it has its state, and no numbers yet', () => {
    // As ss has shown it. tcp_diag subtracts snd_una from write_seq, and one of them is not set yet.
    const row = 'SYN-SENT 0 -1228341360 10.14.131.2:30174 10.14.131.1:6001 ino:22113421 sk:82331';
    expect(parsed(row)).toMatchObject({ state: 'SYN-SENT', recvQ: 0, sendQ: 0, inode: 22113421 });
    expect(() => parsed(row.replace('SYN-SENT', 'ESTAB'))).toThrow('this is not a socket');
  });

  test('a row with little', () => {
    expect(rowIn('TIME-WAIT')).toEqual([
      {
        line: 'TIME-WAIT  0      0                127.0.0.1:43840          127.0.0.1:6000  timer:(timewait,58sec,0) ino:0 sk:18',
        state: 'TIME-WAIT',
        recvQ: 0,
        sendQ: 0,
        local: { address: '127.0.0.1', port: 43_840 },
        peer: { address: '127.0.0.1', port: 6000 },
        timer: { name: 'timewait', expiresMs: 58_000, retransmits: 0 },
        processes: [],
        inode: 0,
        cookie: '18',
        info: {},
      },
    ]);
  });

  test('listeners: waiting connections and backlog, a peer of any port', () => {
    expect(rowIn('LISTEN')[0]).toMatchObject({
      recvQ: 2,
      sendQ: 1,
      peer: { address: '0.0.0.0', port: 0 },
    });
  });

  test('addresses of every kind', () => {
    const addresses = rows.map(({ local, peer }) => `${local.address} ${peer.address}`);
    expect(new Set(addresses)).toEqual(
      new Set([
        '127.0.0.1 0.0.0.0',
        '0.0.0.0%lo 0.0.0.0',
        '127.0.0.1 127.0.0.1',
        '::1 ::',
        'fe80::1234%dum ::',
        '* *',
      ]),
    );
  });

  test('timers of every kind', () => {
    const timers = rows.flatMap(({ state, timer }) => (timer ? [{ state, ...timer }] : []));
    expect(timers.map((timer) => Object.values(timer).join(' '))).toEqual([
      'SYN-SENT on 500 1',
      'SYN-RECEIVED on 1500 1',
      'ESTABLISHED persist 204 1',
      'ESTABLISHED keepalive 7140000 0',
      'FIN-WAIT-1 on 12 2',
      'FIN-WAIT-2 timewait 58000 0',
      'CLOSING on 76 2',
      'LAST-ACK on 44 2',
      'TIME-WAIT timewait 58000 0',
    ]);
  });

  test('continuation lines belong to the row above', () => {
    const continued = parseSs(CONTINUED);
    expect(continued.map(({ state }) => state)).toEqual(['LISTEN', 'ESTABLISHED', 'ESTABLISHED']);
    expect(continued[2]).toMatchObject({
      recvQ: 99,
      uid: 1000,
      timer: { name: 'keepalive', expiresMs: 62_000 },
      processes: [{ name: 'python3', pid: 14_511, fd: 4 }],
      info: {
        fwmark: '0x7',
        skmem: expect.stringMatching(/^\(r931,/) as string,
        rtt: '0.032/0.016',
      },
    });
    expect(continued[0]?.line).toMatch(/cgroup:\/ <-> skmem:\(.*\) bbr cwnd:10$/);
  });

  test.each([
    ['5.4', RELEASE_5_4, ['SYN-RECEIVED 1484', 'FIN-WAIT-1 0']],
    ['6.15', RELEASE_6_15, ['CLOSED undefined', 'SYN-RECEIVED 1468']],
    ['7.1', RELEASE_7_1, ['CLOSED undefined', 'SYN-RECEIVED 1460']],
  ])('iproute2 %s', (_release, output, expected) => {
    const found = parseSs(output).map(({ state, timer }) => `${state} ${String(timer?.expiresMs)}`);
    expect(found).toEqual(expected);
  });

  test('no sockets, no rows', () => {
    expect(parseSs('')).toEqual([]);
    expect(parseSs('\n\n')).toEqual([]);
  });
});

describe('process names', () => {
  test.each([
    'a b',
    '"',
    '",pid=1,fd=2',
    '((',
    ' timer:(on,',
    '',
    'a\nESTAB 0 0 x',
    'ü\u{fffd}',
    ',(',
  ])('%j', (name) => {
    const users = `users:(("${name}",pid=7,fd=3),("sh",pid=8,fd=4))`;
    const output = `ESTAB 0 0 10.0.0.1:1 10.0.0.2:2 ${users} timer:(on,1sec,0) ino:5\nLISTEN 0 5 *:6000 *:*\n`;
    const [row, listener] = parseSs(output);
    expect(row).toMatchObject({
      processes: [
        { name, pid: 7, fd: 3 },
        { name: 'sh', pid: 8, fd: 4 },
      ],
      timer: { name: 'on', expiresMs: 1000 },
      inode: 5,
      info: {},
    });
    expect(listener?.state).toBe('LISTEN');
  });

  test('any name without ")" is read back', () => {
    const name = fc.string({ unit: 'binary', maxLength: 15 }).filter((text) => !text.includes(')'));
    fc.assert(
      fc.property(name, (text) => {
        const row = parsed(`ESTAB 0 0 10.0.0.1:1 10.0.0.2:2 users:(("${text}",pid=7,fd=3)) ino:5`);
        expect(row.processes).toEqual([{ name: text, pid: 7, fd: 3 }]);
        expect(row.inode).toBe(5);
      }),
    );
  });
});

describe('what is refused, naming the line', () => {
  test.each([
    ['State Recv-Q Send-Q Local Peer', 'this is not a socket'],
    ['ESTAB 0 0 10.0.0.1:1', 'this is not a socket'],
    ['ESTAB x 0 10.0.0.1:1 10.0.0.2:2', 'this is not a socket'],
    ['ESTAB 0 0 10.0.0.1:http 10.0.0.2:2', 'this is not a socket'],
    ['ESTAB 0 0 10.0.0.1:1 10.0.0.2:2x', 'this is not a socket'],
    ['UNDEF 0 0 10.0.0.1:1 10.0.0.2:2', 'unknown state UNDEF'],
    ['ESTAB 0 0 10.0.0.1:1 10.0.0.2:2 timer:(on,soon,0)', 'unreadable timer (on,soon,0)'],
    ['ESTAB 0 0 10.0.0.1:1 10.0.0.2:2 users:(("a",fd=3))', 'unreadable processes'],
    ['ESTAB 0 0 10.0.0.1:1 10.0.0.2:2 users:(("a",pid=3', 'unreadable processes'],
    ['ESTAB 0 0 10.0.0.1:1 10.0.0.2:2 ino:x', 'x is not a number'],
    ['\t cubic', 'a continuation of nothing'],
  ])('%j', (line, reason) => {
    const message = `ss: ${reason}: ${JSON.stringify(line)}`;
    const refused = expect(() => parseSs(`${line}\n`));
    refused.toThrow(SsError);
    refused.toThrow(message);
  });

  test('a bad line among good ones', () => {
    const output = CONTINUED.replace('ESTAB  99', 'ESTAB  many');
    expect(() => parseSs(output)).toThrow(/^ss: this is not a socket: "ESTAB {2}many .*skmem/);
  });
});

describe('any input', () => {
  /** Rows or an SsError, nothing else. */
  const attempt = (text: string): SocketRow[] | SsError => {
    try {
      return parseSs(text);
    } catch (error) {
      if (error instanceof SsError) return error;
      throw error;
    }
  };

  test('noise gives rows or an SsError', () => {
    const word = fc.constantFrom(
      'ESTAB',
      ' ',
      '\n',
      '\t',
      '0',
      ':',
      '*',
      'users:((',
      '"',
      'a:1',
      '))',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(text, (noise) => {
        const result = attempt(noise);
        expect(result instanceof SsError || Array.isArray(result)).toBe(true);
      }),
    );
  });

  test('damage to real output gives rows with sound fields, or an SsError', () => {
    const where = fc.nat({ max: ONE_LINE.length });
    fc.assert(
      fc.property(where, fc.nat({ max: 40 }), fc.string({ maxLength: 5 }), (at, cut, text) => {
        const result = attempt(ONE_LINE.slice(0, at) + text + ONE_LINE.slice(at + cut));
        if (result instanceof SsError) return;
        for (const row of result) {
          expect(STATES).toContain(row.state);
          const { recvQ, sendQ, local, peer, inode = 0, uid = 0, timer } = row;
          const numbers = [recvQ, sendQ, local.port, peer.port, inode, uid, timer?.expiresMs ?? 0];
          expect(numbers.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each(['a:1 '.repeat(50_000), ':'.repeat(200_000), ' '.repeat(200_000), '('.repeat(200_000)])(
    // Were it read in quadratic time, the test would not end in its own.
    'a long line is refused soon (case %#)',
    (noise) => {
      for (const text of [noise, `10.0.0.2:2 users:(("${noise}`]) {
        const result = attempt(`ESTAB 0 0 10.0.0.1:1 ${text}\n`);
        expect(result instanceof SsError || result.length === 1).toBe(true);
      }
    },
  );
});

describe('a timer', () => {
  test.each([
    ['(on,120ms,0)', 'on', 120, 0],
    ['(on,,0)', 'on', 0, 0],
    ['(on,012ms,2)', 'on', 12, 2],
    ['(on,1.652ms,2)', 'on', 1652, 2],
    ['(on,1.652sec,2)', 'on', 1652, 2],
    ['(timewait,59sec,0)', 'timewait', 59_000, 0],
    ['(timewait,1min,0)', 'timewait', 60_000, 0],
    ['(timewait,1min3sec,0)', 'timewait', 63_000, 0],
    ['(keepalive,119min,0)', 'keepalive', 7_140_000, 0],
    ['(persist,204ms,15)', 'persist', 204, 15],
    ['(unknown,3sec,0)', 'unknown', 3000, 0],
    ['(delack,003ms,0)', 'unknown', 3, 0],
  ])('%s', (text, name, expiresMs, retransmits) => {
    expect(parseTimer(text)).toEqual({ name, expiresMs, retransmits });
  });

  test.each([
    '',
    '()',
    '(on,1sec)',
    '(off,1sec,0)',
    '(on,1h,0)',
    '(on,1.5sec,0)',
    '(on,1sec,-1)',
    '(on,1sec,0',
  ])('%j is no timer', (text) => {
    expect(parseTimer(text)).toBeUndefined();
  });

  /** iproute2's print_ms_timer; `unit` is what it writes behind a fraction: "sec" since 6.11. */
  function print(timeout: number, unit: 'ms' | 'sec'): string {
    const minutes = Math.floor(timeout / 60_000);
    const seconds = minutes > 9 ? 0 : Math.floor(timeout / 1000) % 60;
    const msecs = minutes > 0 || seconds > 9 ? 0 : timeout % 1000;
    const padded = String(msecs).padStart(3, '0');
    return [
      minutes > 0 ? `${minutes}min` : '',
      seconds > 0 ? `${seconds}${msecs > 0 ? '.' : 'sec'}` : '',
      msecs > 0 ? `${padded}${seconds > 0 ? unit : 'ms'}` : '',
    ].join('');
  }

  describe('what print_ms_timer prints', () => {
    const timeout = fc.oneof(fc.nat({ max: 15_000 }), fc.nat({ max: 0xffff_ffff }));

    test('is read back, as exactly as it was printed', () => {
      fc.assert(
        fc.property(timeout, fc.constantFrom('ms' as const, 'sec' as const), (ms, unit) => {
          const unitMs = ms >= 600_000 ? 60_000 : ms >= 10_000 ? 1000 : 1;
          const expected = Math.floor(ms / unitMs) * unitMs;
          expect(parseTimer(`(on,${print(ms, unit)},1)`)?.expiresMs).toBe(expected);
        }),
        { numRuns: 2000 },
      );
    });
  });
});
