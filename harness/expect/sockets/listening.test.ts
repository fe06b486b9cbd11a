import { describe, expect, test } from 'vitest';
import { CONNECTION, evaluate, sample, serverRow, stream, told } from '../script.fixture.ts';
import { listening } from './listening.ts';

const over = { over: true };
const listener = 'LISTEN 2 1 10.0.0.1:6000 0.0.0.0:* users:(("never-accept",pid=7,fd=3))';
const accepted = serverRow('ESTAB 0 0');

describe('a listener', () => {
  test('is met by its row', () => {
    const wanted = listening('server', 6000, { queued: 2, backlog: 1, pid: 7 });
    const events = stream(sample(0, 'server', listener));
    expect(told(wanted, events)).toBe('met, seen LISTEN, Recv-Q 2, Send-Q 1');
    expect(evaluate(wanted, events)).toMatchObject({
      value: { row: { local: CONNECTION.server } },
    });
  });

  test('not met, tells what differs', () => {
    const wanted = listening('server', 6000, { queued: 3, backlog: 5, pid: 8 });
    expect(told(wanted, stream(sample(0, 'server', listener)), over)).toMatchInlineSnapshot(`
      "expected server to listen on port 6000, 3 in its accept queue (Recv-Q), backlog 5 (Send-Q), saw LISTEN, Recv-Q 2, Send-Q 1
        #0 at 0.000 s: LISTEN, Recv-Q 2, Send-Q 1  (Send-Q 1, not 5; Recv-Q 2, not 3; held by another process)"
    `);
  });

  test('of another port is another', () => {
    const events = stream(sample(0, 'server', listener));
    expect(told(listening('server', 600), events)).toBe('pending');
    expect(told(listening('server', 6000, { backlog: 11 }), events)).toBe('pending');
  });

  test('a connection on its port is none', () => {
    const events = stream(sample(0, 'server', accepted));
    expect(told(listening('server', 6000), events, over)).toMatchInlineSnapshot(`
      "expected server to listen on port 6000, saw no listener
        #0 at 0.000 s: no listener"
    `);
  });
});
