import { describe, expect, test } from 'vitest';
import { evaluate, sample, serverRow, stream, told } from '../script.fixture.ts';
import { socketCounts } from './counts.ts';

const over = { over: true };
const listener = 'LISTEN 2 1 10.0.0.1:6000 0.0.0.0:* users:(("never-accept",pid=7,fd=3))';
const accepted = serverRow('ESTAB 0 0');
const other = accepted.replaceAll('6000', '6001');

describe('all sockets of a host', () => {
  const wanted = socketCounts('server', { LISTEN: 1, ESTABLISHED: 2 });

  test('are met by a sample with just these', () => {
    const events = stream(
      sample(0, 'server', listener),
      sample(100, 'server', listener, accepted, other),
    );
    expect(told(wanted, events)).toBe('met, seen 1 LISTEN, 2 ESTABLISHED');
    expect(evaluate(wanted, events)).toMatchObject({ by: [1] });
  });

  test('none at all', () => {
    const none = socketCounts('server', {});
    expect(told(none, stream(sample(0, 'server')))).toBe('met, seen none');
    expect(told(none, stream(sample(0, 'server', listener)))).toBe('pending');
  });

  test('as many as a range allows, no fewer and no more', () => {
    const one = socketCounts('server', { LISTEN: 1, ESTABLISHED: { least: 1, most: 2 } });
    const few = sample(0, 'server', listener);
    const many = sample(100, 'server', listener, accepted, other, other.replace('6001', '6002'));
    const some = sample(200, 'server', listener, accepted);
    expect(told(one, stream(few, many))).toBe('pending');
    expect(told(one, stream(few, many), over).split('\n')[0]).toBe(
      'expected sockets of the server: 1 LISTEN, 1..2 ESTABLISHED, saw 1 LISTEN, 3 ESTABLISHED',
    );
    expect(told(one, stream(few, many, some))).toBe('met, seen 1 LISTEN, 1 ESTABLISHED');
    expect(evaluate(one, stream(few, many, some))).toMatchObject({
      value: { LISTEN: 1, ESTABLISHED: 1 },
    });
  });

  test('of one port, at either end', () => {
    const events = stream(sample(0, 'server', listener, accepted, other));
    expect(
      told(socketCounts('server', { LISTEN: 1, ESTABLISHED: 1 }, { port: 6000 }), events),
    ).toMatch(/^met/);
    expect(told(socketCounts('server', { ESTABLISHED: 2 }, { port: 40000 }), events)).toMatch(
      /^met/,
    );
    expect(told(socketCounts('server', {}, { port: 600 }), events)).toMatch(/^met/);
  });

  test('without sockets that are CLOSED, and without Docker’s name server', () => {
    const events = stream(
      sample(
        0,
        'server',
        'UNCONN 0 0 10.0.0.1:6000 0.0.0.0:*',
        'LISTEN 0 9 127.0.0.11:40001 0.0.0.0:*',
      ),
    );
    expect(told(socketCounts('server', {}), events)).toBe('met, seen none');
  });

  test('not met, lists the last look', () => {
    const waits = other.replace('ESTAB', 'TIME-WAIT');
    const events = stream(sample(0, 'server'), sample(100, 'server', listener, accepted, waits));
    expect(told(wanted, events, over)).toMatchInlineSnapshot(`
      "expected sockets of the server: 1 LISTEN, 2 ESTABLISHED, saw 1 LISTEN, 1 ESTABLISHED, 1 TIME-WAIT
        10.0.0.1:6000 to 0.0.0.0:*: LISTEN, Recv-Q 2, Send-Q 1
        10.0.0.1:6000 to 10.0.0.2:40000: ESTABLISHED
        10.0.0.1:6001 to 10.0.0.2:40000: TIME-WAIT"
    `);
    expect(told(socketCounts('server', {}, { port: 6000 }), events.slice(1), over))
      .toMatchInlineSnapshot(`
      "expected sockets of the server on port 6000: none, saw 1 LISTEN, 1 ESTABLISHED
        10.0.0.1:6000 to 0.0.0.0:*: LISTEN, Recv-Q 2, Send-Q 1
        10.0.0.1:6000 to 10.0.0.2:40000: ESTABLISHED"
    `);
  });

  test('not met, with nothing sampled', () => {
    expect(told(wanted, [], over)).toMatchInlineSnapshot(
      `"expected sockets of the server: 1 LISTEN, 2 ESTABLISHED, saw no sample of them"`,
    );
  });
});
