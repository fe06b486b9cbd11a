import { describe, expect, test } from 'vitest';
import { client, got, LISTENER, sent, transition } from '../history/edges.fixture.ts';
import { edgeNeverShown, edgeShown } from './edges-shown-expectation.ts';
import { evaluate, sample, serverRow, stream, told, type Entry } from './script.fixture.ts';

const shown = (name: string, ...entries: Entry[]): string =>
  told(edgeShown(name), stream(...entries), { over: true });
const neverShown = (name: string, ...entries: Entry[]): string =>
  told(edgeNeverShown(name), stream(...entries), { over: true });

const closing = client('ESTAB 0 0', 'FIN-WAIT-1 0 1');
const reset = [sent(50, 'R.', 500, 900), ...client('ESTAB 0 0')];

describe('an edge that must have been shown', () => {
  test('waits until all evidence is there', () => {
    const expectation = edgeShown('ESTABLISHED -> FIN-WAIT-1');
    expect(expectation).toMatchObject({ within: 0, watches: ['server', 'client'], lastLook: true });
    expect(told(expectation, stream(...closing))).toBe('pending');
  });

  test('is met by what was seen before it was stated, and points at it', () => {
    const traced = transition(50, 'ESTABLISHED', 'FIN-WAIT-1');
    const [before, after] = closing as [Entry, Entry];
    const events = stream(before, traced, after);
    const view = { over: true, from: 3, since: 300e6 };
    const expectation = edgeShown('ESTABLISHED -> FIN-WAIT-1');
    expect(told(expectation, events, view)).toBe(
      "met, seen the client's 10.0.0.2:40000 to 10.0.0.1:6000 in ESTABLISHED at 0.000 s, in FIN-WAIT-1 at 0.100 s; the tracepoint at 0.050 s",
    );
    expect(evaluate(expectation, events, view)).toMatchObject({ by: [0, 2, 1] });
  });

  test('is not met: a state was never there', () => {
    expect(shown('FIN-WAIT-1 -> FIN-WAIT-2', ...closing)).toBe(
      'expected ss to show FIN-WAIT-1 -> FIN-WAIT-2, saw nothing in FIN-WAIT-2',
    );
  });

  test('is not met: the states did not follow one another', () => {
    expect(
      shown('FIN-WAIT-1 -> FIN-WAIT-2', ...client('FIN-WAIT-1 0 1'), ...client('FIN-WAIT-2 0 0')),
    ).toMatchInlineSnapshot(`
        "expected ss to show FIN-WAIT-1 -> FIN-WAIT-2, saw no socket that went from FIN-WAIT-1 to FIN-WAIT-2 this way
          #0, #1: the client's 10.0.0.2:40000 to 10.0.0.1:6000 in FIN-WAIT-1 at 0.000 s, in CLOSED at 0.100 s (nothing was seen to cause it)
          #1, #2: the client's 10.0.0.2:40000 to 10.0.0.1:6000 in CLOSED at 0.100 s, in FIN-WAIT-2 at 0.000 s (no edge of the diagram: something was skipped)"
      `);
  });

  test('is not met: another event led there', () => {
    expect(shown('ESTABLISHED -> CLOSED (rcv RST)', ...reset)).toMatchInlineSnapshot(`
      "expected ss to show ESTABLISHED -> CLOSED (rcv RST), saw no socket that went from ESTABLISHED to CLOSED this way
        #1, #2: the client's 10.0.0.2:40000 to 10.0.0.1:6000 in ESTABLISHED at 0.000 s, in CLOSED at 0.100 s (ESTABLISHED -> CLOSED (snd RST))"
    `);
  });

  test('is not met: the tracepoint has not seen it', () => {
    const other = transition(50, 'SYN-SENT', 'ESTABLISHED');
    expect(shown('ESTABLISHED -> FIN-WAIT-1', ...closing, other)).toMatchInlineSnapshot(`
      "expected ss to show ESTABLISHED -> FIN-WAIT-1, saw no socket that went from ESTABLISHED to FIN-WAIT-1 this way
        #0, #1: the client's 10.0.0.2:40000 to 10.0.0.1:6000 in ESTABLISHED at 0.000 s, in FIN-WAIT-1 at 0.100 s (not what the tracepoint saw)"
    `);
  });

  test('names a state that no socket was in, and none that one was in', () => {
    const beside = [...closing, sample(200, 'server', LISTENER, serverRow('CLOSE-WAIT 1 0'))];
    expect(shown('CLOSE-WAIT -> LAST-ACK', ...beside)).toMatch(/saw nothing in LAST-ACK$/);
  });

  test('is an edge of the diagram', () => {
    expect(() => edgeShown('ESTABLISHED -> LISTEN')).toThrow(
      "'ESTABLISHED -> LISTEN' is not an edge of the state diagram: there is ESTABLISHED -> FIN-WAIT-1, ESTABLISHED -> CLOSE-WAIT, ",
    );
  });
});

describe('an edge that Linux does not have', () => {
  const toTimeWait = 'ESTABLISHED -> TIME-WAIT (snd RST)';

  test('is not shown, but what Linux does instead', () => {
    expect(neverShown(toTimeWait, ...reset)).toBe(
      "met, seen ESTABLISHED -> CLOSED (snd RST): the client's 10.0.0.2:40000 to 10.0.0.1:6000 in ESTABLISHED at 0.000 s, in CLOSED at 0.100 s",
    );
    expect(neverShown(toTimeWait, got(50, 'R', 900), ...client('ESTAB 0 0')))
      .toMatchInlineSnapshot(`
      "expected no witness to show ESTABLISHED -> TIME-WAIT (snd RST), saw no ESTABLISHED -> CLOSED (snd RST) either
        #1, #2: the client's 10.0.0.2:40000 to 10.0.0.1:6000 in ESTABLISHED at 0.000 s, in CLOSED at 0.100 s (ESTABLISHED -> CLOSED (rcv RST))"
    `);
    expect(
      neverShown(toTimeWait, sent(50, 'R.', 500, 900), ...client('ESTAB 0 0', 'TIME-WAIT 0 0')),
    ).toMatchInlineSnapshot(
      `"expected no witness to show ESTABLISHED -> TIME-WAIT (snd RST), saw the client's 10.0.0.2:40000 to 10.0.0.1:6000 in ESTABLISHED at 0.000 s, in TIME-WAIT at 0.100 s"`,
    );
  });

  const connecting = serverRow('SYN-SENT 0 1', 'ino:9 sk:1');
  const listening = [sample(0, 'server'), sample(100, 'server', LISTENER)];
  const [gone, went] = [sample(200, 'server'), sample(300, 'server', connecting)];
  const another = sample(300, 'server', connecting.replace('sk:1', 'sk:4'));
  const elsewhere = sample(300, 'server', serverRow('ESTAB 0 0', 'ino:9 sk:1'));
  const fromListen = transition(250, 'LISTEN', 'SYN-SENT', { host: 'server' });

  test('from LISTEN to SYN-SENT by another way', () => {
    expect(neverShown('LISTEN -> SYN-SENT', ...listening, gone, went)).toBe(
      "met, seen the server's 10.0.0.1:6000 in LISTEN, later in SYN-SENT, not at once",
    );
  });

  test('other transitions of the same states do not refute it', () => {
    const closes = transition(150, 'LISTEN', 'CLOSED', { host: 'server' });
    const connects = transition(250, 'CLOSED', 'SYN-SENT', { host: 'server' });
    const round = stream(...listening, closes, gone, connects, went);
    const expectation = edgeNeverShown('LISTEN -> SYN-SENT');
    expect(evaluate(expectation, round, { over: true })).toMatchObject({
      verdict: 'met',
      by: [1, 5],
    });
    expect(told(expectation, round)).toBe('pending');
  });

  test.each<[string, Entry[], string]>([
    ['at once', [went], 'to 10.0.0.2:40000 in LISTEN at 0.100 s, in SYN-SENT at 0.300 s'],
    ['round, but not to the tracepoint', [gone, fromListen, went], 'it in the tracepoint'],
    ['another socket', [gone, another], 'no socket that was in LISTEN and later in SYN-SENT'],
    ['elsewhere', [gone, elsewhere], 'no socket that was in LISTEN and later in SYN-SENT'],
  ])('from LISTEN to SYN-SENT: %s', (_how, entries, expected) => {
    const said = neverShown('LISTEN -> SYN-SENT', ...listening, ...entries);
    expect(said).toMatch(/^expected no witness to show LISTEN -> SYN-SENT, saw /);
    expect(said).toContain(expected);
  });
});
