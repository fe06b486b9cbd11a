import { describe, expect, test } from 'vitest';
import { established, newSocket } from './newcomer.ts';
import {
  clientRow,
  CONNECTION,
  evaluate,
  sample,
  serverRow,
  stream,
  told,
} from '../script.fixture.ts';

const over = { over: true };
const synSent = clientRow('SYN-SENT 0 1', 'timer:(on,1sec,0)');
const later = synSent.replace('40000', '40002');

describe('a new connection in a state', () => {
  test('is met by a socket that nobody has spoken of', () => {
    const wanted = newSocket('client', 'SYN-SENT', [CONNECTION]);
    expect(told(wanted, stream(sample(0, 'client', synSent)))).toBe('pending');
    const events = stream(sample(0, 'client', synSent, later));
    expect(told(wanted, events)).toBe('met, seen 10.0.0.2:40002 to 10.0.0.1:6000');
    expect(evaluate(wanted, events)).toMatchObject({
      value: { server: CONNECTION.server, client: { port: 40002 } },
    });
  });

  test('a listener is none, nor is one of another port', () => {
    const listener = 'LISTEN 0 5 10.0.0.1:6000 0.0.0.0:*';
    expect(told(newSocket('server', 'LISTEN', []), stream(sample(0, 'server', listener)))).toBe(
      'pending',
    );
    const asked = (port: number) =>
      told(newSocket('client', 'SYN-SENT', [], { port }), stream(sample(0, 'client', synSent)));
    expect([6001, 600, 4000].map(asked)).toEqual(['pending', 'pending', 'pending']);
    expect([6000, 40000].map(asked)).toEqual([
      expect.stringMatching(/^met/),
      expect.stringMatching(/^met/),
    ]);
  });

  test('not met, tells what is new instead', () => {
    const events = stream(sample(0, 'client'), sample(50, 'client', clientRow('ESTAB 0 0')));
    expect(told(newSocket('client', 'SYN-SENT', []), events, over)).toMatchInlineSnapshot(`
      "expected a new connection of the client in SYN-SENT, saw ESTABLISHED
        #0 at 0.000 s: no new connection
        #1 at 0.050 s: ESTABLISHED  (state ESTABLISHED, not SYN-SENT)"
    `);
  });
});

describe('a new connection ESTABLISHED at both ends', () => {
  const atClient = sample(0, 'client', clientRow('ESTAB 0 0'));
  const atServer = sample(100, 'server', serverRow('ESTAB 0 0'));

  test('is met when both have shown it', () => {
    expect(told(established([]), stream(atClient))).toBe('pending');
    expect(told(established([]), stream(atClient, atServer))).toBe(
      'met, seen 10.0.0.2:40000 to 10.0.0.1:6000',
    );
    expect(evaluate(established([]), stream(atClient, atServer))).toMatchObject({ by: [0, 1] });
    expect(told(established([CONNECTION]), stream(atClient, atServer))).toBe('pending');
  });

  test('not met, lists the last look at both', () => {
    const half = sample(100, 'server', serverRow('SYN-RECV 0 0', 'timer:(on,1.200ms,1)'));
    expect(told(established([]), stream(atClient, half), over)).toMatchInlineSnapshot(`
      "expected a new connection ESTABLISHED at both ends, saw none
        server: 10.0.0.1:6000 to 10.0.0.2:40000: SYN-RECEIVED, timer on 1.2 s, retransmitted once
        client: 10.0.0.2:40000 to 10.0.0.1:6000: ESTABLISHED"
    `);
    expect(told(established([]), stream(atClient, sample(100, 'server')), over))
      .toMatchInlineSnapshot(`
      "expected a new connection ESTABLISHED at both ends, saw none
        server: no socket
        client: 10.0.0.2:40000 to 10.0.0.1:6000: ESTABLISHED"
    `);
    expect(told(established([]), stream(atClient), over)).toMatchInlineSnapshot(`
      "expected a new connection ESTABLISHED at both ends, saw none
        server: no sample of its sockets
        client: 10.0.0.2:40000 to 10.0.0.1:6000: ESTABLISHED"
    `);
  });
});
