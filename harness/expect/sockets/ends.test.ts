import { describe, expect, test } from 'vitest';
import {
  clientRow,
  CONNECTION,
  evaluate,
  sample,
  serverRow,
  stream,
  told,
} from '../script.fixture.ts';
import type { Sighting } from './sighting.ts';
import { endGone, endInState, endStays } from './ends.ts';

const over = { over: true };
const finWait1 = serverRow('FIN-WAIT-1 0 1', 'timer:(on,204ms,0) ino:0');
const finWait2 = serverRow('FIN-WAIT-2 0 0', 'timer:(timewait,59sec,0) ino:0');
const timeWait = serverRow('TIME-WAIT 0 0', 'timer:(timewait,59sec,0) ino:0');
const held = serverRow('ESTAB 0 0', 'users:(("echo-server",pid=7,fd=4)) ino:12');

describe('an end in a state', () => {
  const inFinWait2 = endInState('server', CONNECTION, 'FIN-WAIT-2');

  test('is met by the first sample that shows it', () => {
    const events = stream(sample(0, 'server', finWait1), sample(100, 'server', finWait2));
    expect(told(inFinWait2, events)).toBe('met, seen FIN-WAIT-2, timer timewait 59 s');
    expect(evaluate(inFinWait2, events)).toMatchObject({
      by: [1],
      value: { t: 110e6, after: 0 },
    });
  });

  test('waits', () => {
    expect(told(inFinWait2, stream(sample(0, 'server', finWait1)))).toBe('pending');
  });

  test('is not met by the other end, another connection or the past', () => {
    const other = finWait2.replace('40000', '40001');
    const events = stream(
      sample(0, 'server', finWait2),
      sample(100, 'server', other),
      sample(200, 'client', clientRow('FIN-WAIT-2 0 0')),
    );
    expect(told(inFinWait2, events, { since: 50e6 })).toBe('pending');
    expect(told(inFinWait2, events, { from: 1 })).toBe('pending');
  });

  test('not met, lists what was there instead, once each', () => {
    const events = stream(
      sample(1000, 'server', held),
      sample(1100, 'server', held),
      sample(1200, 'server', finWait1),
      sample(1300, 'server'),
    );
    expect(told(inFinWait2, events, over)).toMatchInlineSnapshot(`
      "expected server in FIN-WAIT-2, saw no such socket (CLOSED)
        #0 at 1.000 s: ESTABLISHED  (state ESTABLISHED, not FIN-WAIT-2)
        #2 at 1.200 s: FIN-WAIT-1, Recv-Q 0, Send-Q 1, timer on 204 ms  (state FIN-WAIT-1, not FIN-WAIT-2)
        #3 at 1.300 s: no such socket (CLOSED)"
    `);
  });

  test('not met, with nothing sampled', () => {
    expect(told(inFinWait2, [], over)).toMatchInlineSnapshot(
      `"expected server in FIN-WAIT-2, saw no sample of its sockets"`,
    );
  });

  test('tells what differs beside the state', () => {
    const wanted = endInState('server', CONNECTION, 'TIME-WAIT', {
      timer: { name: 'timewait', least: 50_000, most: 60_000 },
      orphaned: true,
    });
    const late = timeWait.replace('59sec', '12sec');
    expect(told(wanted, stream(sample(0, 'server', timeWait)))).toMatch(/^met/);
    expect(told(wanted, stream(sample(0, 'server', late), sample(50, 'server', held)), over))
      .toMatchInlineSnapshot(`
        "expected server in TIME-WAIT, timer timewait 50 s..60 s, orphaned, saw ESTABLISHED, held by echo-server (pid 7)
          #0 at 0.000 s: TIME-WAIT, timer timewait 12 s, orphaned  (not timer timewait 50 s..60 s)
          #1 at 0.050 s: ESTABLISHED, held by echo-server (pid 7)  (state ESTABLISHED, not TIME-WAIT; not timer timewait 50 s..60 s; held by a process)"
      `);
  });

  test('keeps as many misses as are read, and the nearest of all', () => {
    const wanted = endInState('server', CONNECTION, 'ESTABLISHED', { recvQ: 0, sendQ: 0 });
    const looks = (count: number, nearest: number) =>
      Array.from({ length: count }, (_, i) =>
        sample(i, 'server', serverRow(`ESTAB ${i + 1} ${i === nearest ? 0 : 1}`)),
      );
    const missed = (count: number, nearest: number) => {
      const evaluation = evaluate(wanted, stream(...looks(count, nearest)), over);
      if (evaluation.verdict !== 'failed') throw new Error(evaluation.verdict);
      const { misses = [], nearest: at = -1 } = evaluation;
      return { kept: misses.map(({ event }) => event), nearest: misses[at]?.event };
    };
    const first = (count: number) => Array.from({ length: count }, (_, i) => i);
    expect(missed(60, 50)).toEqual({ kept: [...first(39), 50], nearest: 50 });
    expect(missed(60, 3)).toEqual({ kept: first(40), nearest: 3 });
    expect(missed(41, 40)).toEqual({ kept: [...first(39), 40], nearest: 40 });
    expect(missed(40, 39)).toEqual({ kept: first(40), nearest: 39 });
  });

  test('nothing there is no near miss: a socket in another state is nearer', () => {
    const events = stream(sample(0, 'server', held), sample(100, 'server'));
    expect(evaluate(inFinWait2, events, over)).toMatchObject({ nearest: 0 });
  });

  test('tells which queue differs', () => {
    const wanted = endInState('server', CONNECTION, 'ESTABLISHED', {
      recvQ: 5,
      sendQ: 0,
      orphaned: false,
    });
    const events = stream(sample(0, 'server', serverRow('ESTAB 0 7', 'timer:(on,1.652ms,2)')));
    expect(told(wanted, events, over)).toMatchInlineSnapshot(`
      "expected server in ESTABLISHED, Recv-Q 5, Send-Q 0, held by a process, saw ESTABLISHED, Recv-Q 0, Send-Q 7, timer on 1.7 s, retransmitted 2 times, not accepted yet
        #0 at 0.000 s: ESTABLISHED, Recv-Q 0, Send-Q 7, timer on 1.7 s, retransmitted 2 times, not accepted yet  (Recv-Q 0, not 5; Send-Q 7, not 0; not held by a process)"
    `);
  });
});

describe('a timer', () => {
  const minute = { name: 'timewait', least: 50_000, most: 60_000 } as const;
  const wanted = endInState('server', CONNECTION, 'FIN-WAIT-2', { timer: minute });
  const with_ = (timer: string) =>
    told(wanted, stream(sample(0, 'server', serverRow('FIN-WAIT-2 0 0', timer))));

  test('has at least, and at most, what is asked for', () => {
    expect(with_('timer:(timewait,50sec,0)')).toMatch(/^met/);
    expect(with_('timer:(timewait,1min,0)')).toMatch(/^met/);
    expect(with_('timer:(timewait,49sec,0)')).toBe('pending');
    // An orphan with tcp_fin_timeout 120 would last a minute longer.
    expect(with_('timer:(timewait,1min59sec,0)')).toBe('pending');
  });

  test('is that one: an orphan that still has its socket runs keepalive', () => {
    expect(with_('timer:(keepalive,59sec,0)')).toBe('pending');
    expect(with_('')).toBe('pending');
  });
});

describe('what ss -i prints', () => {
  const wanted = endInState('server', CONNECTION, 'ESTABLISHED', { info: { mss: '536' } });
  const with_ = (info: string) => stream(sample(0, 'server', serverRow('ESTAB 0 0', info)));

  test('is met by that value, and recorded without the rest', () => {
    const evaluation = evaluate(wanted, with_('mss:536 cwnd:10'));
    expect(evaluation).toMatchObject({
      verdict: 'met',
      seen: { socket: { info: { mss: '536' } } },
    });
  });

  test('another value, or one that only begins so, is not', () => {
    expect(told(wanted, with_('mss:5360 cwnd:10'), over)).toMatchInlineSnapshot(`
      "expected server in ESTABLISHED, mss 536, saw ESTABLISHED
        #0 at 0.000 s: ESTABLISHED  (mss 5360, not 536)"
    `);
    expect(told(wanted, with_('cwnd:10'), over)).toMatchInlineSnapshot(`
      "expected server in ESTABLISHED, mss 536, saw ESTABLISHED
        #0 at 0.000 s: ESTABLISHED  (mss none, not 536)"
    `);
  });
});

describe('an end that stays', () => {
  const stays = endStays('server', CONNECTION, 'ESTABLISHED', 2000);
  const idle = serverRow('ESTAB 0 0');

  test('is met when its time is over, by every look', () => {
    const events = stream(sample(0, 'server', idle), sample(1000, 'server', idle));
    expect(told(stays, events)).toBe('pending');
    expect(evaluate(stays, events, over)).toMatchObject({ verdict: 'met', by: [0, 1] });
  });

  test('fails at the first look that shows it otherwise, whatever comes then', () => {
    const events = stream(sample(0, 'server', idle), sample(500, 'server', finWait1));
    expect(told(stays, events)).toMatchInlineSnapshot(`
      "expected server to stay in ESTABLISHED for 2 s, saw FIN-WAIT-1, Recv-Q 0, Send-Q 1, timer on 204 ms
        #0 at 0.000 s: ESTABLISHED
        #1 at 0.500 s: FIN-WAIT-1, Recv-Q 0, Send-Q 1, timer on 204 ms  (state FIN-WAIT-1, not ESTABLISHED)"
    `);
    expect(told(stays, stream(sample(0, 'server', idle), sample(500, 'server')))).toMatch(
      /saw no such socket \(CLOSED\)/,
    );
  });

  test('another connection does not stay for it', () => {
    const other = idle.replace('40000', '40001');
    expect(told(stays, stream(sample(0, 'server', other)))).toMatch(/^expected/);
  });
});

describe('an end that is gone', () => {
  const gone = endGone('server', CONNECTION);

  test('is met by the first sample without it', () => {
    const events = stream(sample(0, 'server', timeWait), sample(100, 'server'));
    expect(told(gone, events)).toBe('met, seen no such socket (CLOSED)');
  });

  test('not met, tells what is still there', () => {
    const events = stream(sample(0, 'server', finWait2), sample(100, 'server', timeWait));
    expect(told(gone, events)).toBe('pending');
    expect(told(gone, events, over)).toMatchInlineSnapshot(`
      "expected server to be CLOSED, saw TIME-WAIT, timer timewait 59 s
        #0 at 0.000 s: FIN-WAIT-2, timer timewait 59 s
        #1 at 0.100 s: TIME-WAIT, timer timewait 59 s"
    `);
  });
});

// A machine that was kept busy: the one that was asked for took a second, and another had seen it.
test('the sighting of a state begins with the first sample in a row that shows it', () => {
  const events = stream(
    sample(0, 'server', held),
    sample(1000, 'server', finWait2),
    sample(2000, 'server', finWait2),
  );
  const late = { from: 2, since: 1500e6 };
  expect(evaluate(endInState('server', CONNECTION, 'FIN-WAIT-2'), events, late)).toMatchObject({
    by: [2],
    value: { t: 1010e6, after: 0 },
  });
});

describe('how long an end lasted', () => {
  const since = (ms: number, after?: number): Sighting => {
    const events = stream(sample(ms, 'server', timeWait));
    const seen = evaluate(endInState('server', CONNECTION, 'TIME-WAIT'), events);
    if (seen.verdict !== 'met') throw new Error('the script shows it');
    return { ...seen.value, ...(after === undefined ? {} : { after: after * 1e6 }) };
  };
  const lasting = (from: Sighting) =>
    endGone('server', CONNECTION, { lasting: { since: from, ms: 60_000 } });

  test('lies between the samples around its beginning and its end', () => {
    const events = stream(sample(60_000, 'server', timeWait), sample(61_000, 'server'));
    const expectation = lasting(since(1000, 900));
    expect(told(expectation, events)).toBe('met, seen gone after 59 s..60.1 s');
    expect(evaluate(expectation, events)).toMatchObject({ value: 60_110 });
  });

  test('is no longer for a lab that looks late', () => {
    const events = stream(
      sample(1000, 'server', timeWait),
      sample(60_500, 'server', timeWait),
      sample(61_500, 'server'),
      sample(80_000, 'server'),
    );
    const late = { from: 3, since: 79e9 };
    expect(told(lasting(since(1000, 900)), events, late)).toBe(
      'met, seen gone after 59.5 s..60.6 s',
    );
  });

  test('may be all that time, where nobody looked before', () => {
    const events = stream(sample(1000, 'server', timeWait), sample(80_000, 'server'));
    const late = { from: 1, since: 79e9 };
    expect(told(lasting(since(1000)), events, late)).toBe('met, seen gone after 0 ms..79 s');
  });

  test('too short', () => {
    const events = stream(sample(30_000, 'server', timeWait), sample(31_000, 'server'));
    expect(told(lasting(since(1000, 900)), events)).toMatchInlineSnapshot(
      `"expected server to be CLOSED about 60 s after it came into TIME-WAIT, saw it gone after 29 s..30.1 s"`,
    );
  });

  test('too long', () => {
    const events = stream(sample(70_000, 'server', timeWait), sample(71_000, 'server'));
    expect(told(lasting(since(1000)), events)).toMatchInlineSnapshot(
      `"expected server to be CLOSED about 60 s after it came into TIME-WAIT, saw it gone after 69 s..70 s"`,
    );
  });
});
