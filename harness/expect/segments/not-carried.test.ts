import { describe, expect, test } from 'vitest';
import { carriedAt, packet, told, wire as stream } from '../script.fixture.ts';
import { never, silence } from './not-carried.ts';

const over = { over: true };
const flow = { serverPort: 6000, clientPort: 40000 };
const syn = carriedAt(0, 'client', 'S', 1000);
const synAck = carriedAt(10, 'server', 'S.', 7000, { ack: 1001 });

describe('silence', () => {
  const quiet = silence(flow, 'server > client  R|R.', 3000);

  test('is met when its time is over', () => {
    expect(told(quiet, stream(...syn))).toBe('pending');
    expect(told(quiet, stream(...syn), over)).toBe('met, seen none');
  });

  test('fails at once when such a segment comes', () => {
    const reset = carriedAt(20, 'server', 'R.', 0, { ack: 1001, win: 0 });
    expect(told(quiet, stream(...syn, ...reset))).toMatchInlineSnapshot(
      `"expected no 'server > client RST or RST+ACK' on the wire for 3 s, saw server > client RST+ACK seq=0 ack=1001 win=0, in the server's capture"`,
    );
  });

  test('is broken in either capture: a segment that was lost on its way was sent', () => {
    const sent = packet(20, 'server', 'server', 'R.', 0, { ack: 1001 });
    expect(told(quiet, stream(...syn, sent))).toMatch(/in the server's capture$/);
    // An injected one need not have been the server's.
    const came = packet(20, 'client', 'server', 'R.', 0, { ack: 1001 });
    expect(told(quiet, stream(...syn, came))).toMatch(/in the client's capture$/);
    expect(told(never(flow, 'server > client  R.'), stream(...syn, came), over)).toMatch(
      /in the client's capture$/,
    );
  });

  test('does not mean what was there when it was asked for', () => {
    const reset = carriedAt(20, 'server', 'R.', 0, { ack: 1001 });
    const events = stream(...syn, ...reset);
    expect(told(quiet, events, { from: events.length })).toBe('pending');
    // But the very next one.
    expect(told(quiet, events, { from: events.length - 2 })).toMatch(/^expected/);
  });

  test('does not mean what came before, even if it is heard of later', () => {
    const reset = carriedAt(20, 'server', 'R.', 0, { ack: 1001 });
    expect(told(quiet, stream(...reset), { since: 50e6 })).toBe('pending');
  });
});

describe('no such segment so far', () => {
  test('looks at all that has been, once everything is here', () => {
    const none = never({ serverPort: 6000 });
    expect(told(none, stream(...syn), { from: 2 })).toBe('pending');
    expect(told(none, stream(...syn), { from: 2, ...over })).toMatchInlineSnapshot(
      `"expected no segment to or from port 6000 so far, saw client > server SYN seq=1000, in the server's capture"`,
    );
    expect(told(never({ serverPort: 6001 }), stream(...syn), over)).toBe('met, seen none');
  });

  test('of one kind', () => {
    const none = never(flow, 'server > client  *');
    expect(told(none, stream(...syn), over)).toBe('met, seen none');
    expect(told(none, stream(...syn, ...synAck), over)).toMatchInlineSnapshot(
      `"expected no 'server > client any segment' on the wire so far, saw server > client SYN+ACK seq=7000 ack=1001, in the server's capture"`,
    );
  });
});
