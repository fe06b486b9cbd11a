import { describe, expect, test } from 'vitest';
import { carries } from './carried.ts';
import {
  carriedAt,
  evaluate,
  packet,
  told,
  wire as stream,
  type Entry,
} from '../script.fixture.ts';

const over = { over: true };
const flow = { serverPort: 6000, clientPort: 40000 };

const syn = carriedAt(0, 'client', 'S', 1000);
const synAck = carriedAt(10, 'server', 'S.', 7000, { ack: 1001 });
const ack = carriedAt(20, 'client', '.', 1001, { ack: 7001 });
const handshake = `
  client > server  S   seq=x
  server > client  S.  seq=y  ack=x+1
  client > server  .   ack=y+1
`;

describe('segments on the wire', () => {
  const wanted = carries(flow, handshake);

  test('are met when both captures hold them', () => {
    const [sent, received] = ack;
    if (sent === undefined || received === undefined) throw new Error('both captures');
    expect(told(wanted, stream(...syn, ...synAck, sent))).toBe('pending');
    const events = stream(...syn, ...synAck, sent, received);
    expect(told(wanted, events)).toBe('met, seen found in both captures, x=1000, y=7000');
    expect(evaluate(wanted, events)).toMatchObject({
      value: { names: { x: 1000, y: 7000 }, segments: 3 },
      by: [2, 3, 6, 1, 4, 5],
    });
  });

  test('with a name that nothing binds are refused when they are written', () => {
    expect(() => carries(flow, 'client > server  .  ack=y+1')).toThrow(
      /^packet pattern, line 1, column 25: nothing has bound "y" before/,
    );
  });

  test('may begin anywhere', () => {
    const last = carries(flow, 'client > server  .  ack=y');
    expect(told(last, stream(...syn, ...synAck, ...ack))).toMatch(/^met/);
  });

  test('of another connection do not count', () => {
    const other = { serverPort: 6000, clientPort: 40001 };
    const events = stream(...syn, ...synAck, ...ack);
    expect(told(carries(other, handshake), events)).toBe('pending');
    expect(told(carries({ serverPort: 6000 }, handshake), events)).toMatch(/^met/);
  });

  test('must be the same in both captures', () => {
    const events = stream(
      packet(0, 'server', 'client', 'S', 1000),
      packet(0, 'client', 'client', 'S', 1001),
    );
    expect(told(carries(flow, 'client > server  S  seq=x'), events, over)).toMatchInlineSnapshot(`
      "expected on the wire client > server SYN seq=x, saw client > server SYN seq=1001, in the client's capture
        ✗ line 1  #2  0.000000  client > server  SYN  seq=1001 [0]
                                seq=x (1000), seen seq=1001 (x+1)"
    `);
  });

  test('must have been in the client too: what was lost on its way was not carried', () => {
    const lost = packet(20, 'client', 'client', '.', 1001, { ack: 7001 });
    expect(told(wanted, stream(...syn, ...synAck, lost), over)).toMatch(
      /in the server's capture\n/,
    );
    const [, arrived] = ack;
    if (arrived === undefined) throw new Error('both captures');
    // Forged into one capture only.
    expect(told(wanted, stream(...syn, ...synAck, arrived), over)).toMatch(
      /in the client's capture\n/,
    );
  });

  test('not met, say where the pattern broke, and list all', () => {
    const reset = carriedAt(20, 'client', 'R', 1001);
    expect(told(wanted, stream(...syn, ...synAck, ...reset), over)).toMatchInlineSnapshot(`
      "expected on the wire client > server SYN seq=x / server > client SYN+ACK seq=y ack=x+1 / client > server ACK ack=y+1, saw client > server RST seq=1001 instead of line 3, client > server ACK ack=y+1 (7001), in the server's capture
        ✓ line 1  #2  0.000000  client > server  SYN      seq=1000 [0]
        ✓ line 2  #3  0.009000  server > client  SYN+ACK  seq=7000 [0] ack=1001 [1]
        ✗ line 3  #6  0.020000  client > server  RST      seq=1001 [1]
                                ACK, seen RST
                                ack=y+1 (7001), seen no ack"
    `);
  });

  test('not met, say what has not come', () => {
    expect(told(wanted, stream(...syn), over)).toMatchInlineSnapshot(`
      "expected on the wire client > server SYN seq=x / server > client SYN+ACK seq=y ack=x+1 / client > server ACK ack=y+1, saw nothing for line 2, server > client SYN+ACK seq=y ack=x+1 (1001), in the server's capture
        ✓ line 1  #2  0.000000  client > server  SYN  seq=1000 [0]
        … line 2  server > client SYN+ACK seq=y ack=x+1 (1001)
        … line 3  client > server ACK ack=y+1"
    `);
    expect(told(carries(flow, 'client > server  S'), [], over)).toMatchInlineSnapshot(`
      "expected on the wire client > server SYN, saw nothing, in the server's capture
        … line 1  client > server SYN"
    `);
  });

  test('not met, say what was nearest', () => {
    const pattern = 'client > server  S  seq=x\n...\nserver > client  R.  ack=x+1';
    const events = stream(...syn, ...synAck, ...ack);
    expect(told(carries(flow, pattern), events, over)).toMatchInlineSnapshot(`
      "expected on the wire client > server SYN seq=x / ... / server > client RST+ACK ack=x+1, saw nothing for line 3, server > client RST+ACK ack=x+1 (1001), the nearest being server > client SYN+ACK seq=7000 ack=1001, in the server's capture
        ✓ line 1  #2  0.000000  client > server  SYN      seq=1000 [0]
        ✗ line 3  #3  0.009000  server > client  SYN+ACK  seq=7000 [0] ack=1001 [1]
                                RST+ACK, seen SYN+ACK
        ✗ line 3  #6  0.020000  client > server  ACK      seq=1001 [1] ack=7001 [1]
                                server > client, seen client > server
                                RST+ACK, seen ACK
                                ack=x+1 (1001), seen ack=7001 (x+6001)"
    `);
  });
});

describe('what was nearest', () => {
  const data = carriedAt(30, 'client', 'P.', 1001, { ack: 7001, len: 4 });
  const events = stream(...syn, ...synAck, ...ack, ...data);

  test('is the segment that differs in the fewest fields, not the first one', () => {
    const wanted = carries(flow, 'client > server  P.  len=3');
    expect(told(wanted, events, over).split('\n')[0]).toBe(
      "expected on the wire client > server PSH+ACK len=3, saw nothing, the nearest being client > server PSH+ACK seq=1001 ack=7001 len=4, in the server's capture",
    );
    const evaluation = evaluate(wanted, events, over);
    if (evaluation.verdict !== 'failed') throw new Error(evaluation.verdict);
    const { misses = [], nearest = -1 } = evaluation;
    expect(misses).toHaveLength(4);
    expect(misses[nearest]).toEqual({
      event: 8,
      differs: [{ field: 'len', expected: ['len=3', 3], seen: 4 }],
    });
  });

  test('also where another line comes before it', () => {
    const wanted = carries(flow, 'client > server  P.  len=3\nserver > client  .');
    expect(told(wanted, events, over).split('\n')[0]).toMatch(
      /saw nothing for line 1, client > server PSH\+ACK len=3, the nearest being client > server PSH\+ACK seq=1001 ack=7001 len=4, in/,
    );
  });
});

describe('segments that repeat others', () => {
  const again = carriedAt(15, 'client', 'S', 1000);
  const events = stream(...syn, ...synAck, ...again, ...ack);

  test('are left out', () => {
    expect(told(carries(flow, handshake, { whole: true }), events, over)).toMatch(/^met/);
  });

  test('are told of in a failure', () => {
    const pattern = handshake.replace('ack=y+1', 'ack=y+2');
    expect(told(carries(flow, pattern), events, over)).toMatchInlineSnapshot(`
      "expected on the wire client > server SYN seq=x / server > client SYN+ACK seq=y ack=x+1 / client > server ACK ack=y+2, saw client > server ACK seq=1001 ack=7001 instead of line 3, client > server ACK ack=y+2 (7002), in the server's capture
        ✓ line 1  #2  0.000000  client > server  SYN      seq=1000 [0]
        ✓ line 2  #3  0.009000  server > client  SYN+ACK  seq=7000 [0] ack=1001 [1]
        ✗ line 3  #8  0.020000  client > server  ACK      seq=1001 [1] ack=7001 [1]
                                ack=y+2 (7002), seen ack=7001 (y+1)
        (left out: 1 that repeat an earlier segment)"
    `);
  });

  test('count when they are asked for', () => {
    const options = { whole: true, repeats: true };
    expect(told(carries(flow, handshake, options), events)).toMatchInlineSnapshot(`
      "expected on the wire nothing but client > server SYN seq=x / server > client SYN+ACK seq=y ack=x+1 / client > server ACK ack=y+1, saw client > server SYN seq=1000 instead of line 3, client > server ACK ack=y+1 (7001), in the server's capture
        ✓ line 1  #2  0.000000  client > server  SYN      seq=1000 [0]
        ✓ line 2  #3  0.009000  server > client  SYN+ACK  seq=7000 [0] ack=1001 [1]
        ✗ line 3  #6  0.015000  client > server  SYN      seq=1000 [0]
                                ACK, seen SYN
                                ack=y+1 (7001), seen no ack
        ·         #8  0.020000  client > server  ACK      seq=1001 [1] ack=7001 [1]"
    `);
  });
});

describe('a host that talks to itself', () => {
  const itself = { serverPort: 40000, clientPort: 40000 };
  const [first] = carriedAt(0, 'server', 'S', 1000);
  const inside = (entry: Entry | undefined): Entry => {
    if (entry?.body.type !== 'packet' || entry.body.segment === undefined)
      throw new Error('a segment');
    const end = { address: '10.0.0.1', port: 40000 };
    return {
      ...entry,
      body: { ...entry.body, segment: { ...entry.body.segment, src: end, dst: end } },
    };
  };
  const events = stream(inside(first));

  test('is heard by its own capture alone', () => {
    expect(told(carries(itself, 'server > server  S'), events)).toMatch(/^met/);
    expect(evaluate(carries(itself, 'server > server  S'), events)).toMatchObject({
      seen: { captures: ['server'] },
    });
  });

  test('says nothing to the other', () => {
    expect(told(carries(itself, 'server > client  S'), events, over)).toMatch(/^expected/);
    // One line that crosses the wire, and both captures must hold them all.
    const both = 'server > server  S\nserver > client  .';
    expect(evaluate(carries(itself, both), events, over)).toMatchObject({
      seen: { capture: 'server', lines: [1] },
    });
  });
});

describe('a time between segments', () => {
  const again = carriedAt(3000, 'client', 'S', 1000);

  test('that was another is told', () => {
    const wanted = carries(flow, 'client > server  S\n+1s  client > server  S', { repeats: true });
    expect(told(wanted, stream(...syn, ...again), over)).toMatchInlineSnapshot(`
      "expected on the wire client > server SYN / +1s client > server SYN, saw client > server SYN seq=1000 instead of line 2, +1s client > server SYN, in the server's capture
        ✓ line 1  #2  0.000000  client > server  SYN  seq=1000 [0]
        ✗ line 2  #4  3.000000  client > server  SYN  seq=1000 [0]
                                +1s (990 ms to 1.38 s later), seen 3 s later"
    `);
  });
});

describe('these segments and no others', () => {
  const only = carries(flow, handshake, { whole: true });

  test('are not met before the time is over', () => {
    const events = stream(...syn, ...synAck, ...ack);
    expect(told(only, events)).toBe('pending');
    expect(told(only, events, over)).toMatch(/^met/);
  });

  test('fail at once when another comes', () => {
    const reset = carriedAt(30, 'server', 'R', 7001, { win: 0 });
    expect(told(only, stream(...syn, ...synAck, ...ack, ...reset))).toMatchInlineSnapshot(`
      "expected on the wire nothing but client > server SYN seq=x / server > client SYN+ACK seq=y ack=x+1 / client > server ACK ack=y+1, saw also server > client RST seq=7001 win=0, in the server's capture
        ✓ line 1  #2  0.000000  client > server  SYN      seq=1000 [0]
        ✓ line 2  #3  0.009000  server > client  SYN+ACK  seq=7000 [0] ack=1001 [1]
        ✓ line 3  #6  0.020000  client > server  ACK      seq=1001 [1] ack=7001 [1]
        ✗         #7  0.029000  server > client  RST      seq=7001 [1] win=0"
    `);
  });
});
