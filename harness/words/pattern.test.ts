import { expect, it } from 'vitest';
import { failed } from '../expect/expectation.ts';
import { wire } from '../expect/script.fixture.ts';
import {
  formatPattern,
  matchPattern,
  parsePattern,
  type CarriedSegment,
  type MatchOptions,
} from '../expect/segments/pattern.ts';
import { close, closePattern, segments } from '../expect/segments/pattern/segments.fixture.ts';
import { historyOf } from '../history/history.ts';
import { english } from '../texts/say.ts';
import { evidenceInWords, missedInWords } from './pattern.ts';

/** What a learner reads of a pattern that these segments of the server's capture do not match. */
function told(text: string, list: CarriedSegment[], options?: MatchOptions): string {
  const pattern = formatPattern(parsePattern(text));
  const result = matchPattern(parsePattern(pattern), list, options);
  if (result.kind === 'met') throw new Error('it is met');
  const { matched, lines, bindings, expected, candidates } = result.nearMiss;
  const seen = {
    ...{ capture: 'server' as const, lines, names: bindings, leftOut: 0 },
    ...(expected && { expected }),
  };
  const evaluation = failed<'carried'>(
    seen,
    matched,
    candidates.map(({ carried, differs }) => ({ event: carried.event, differs })),
  );
  if (evaluation.verdict !== 'failed') throw new Error(evaluation.verdict);
  const { misses = [], nearest } = evaluation;
  const one = {
    params: { flow: { serverPort: 6000 }, pattern, whole: false, repeats: true },
    ...{ seen, by: matched, misses },
    ...(nearest === undefined ? {} : { nearest }),
  };
  const history = historyOf(captured(list));
  const rows = evidenceInWords(one, Infinity, history, english);
  return [missedInWords(one, history, english), ...rows].join('\n  ');
}

/** The segments, with the same numbers, as the events of the server's capture. */
const captured = (list: CarriedSegment[]) =>
  wire(
    ...list.map(({ t, from, segment }) => {
      const direction = from === 'server' ? ('out' as const) : ('in' as const);
      return {
        ms: t / 1e6,
        body: { type: 'packet' as const, host: 'server' as const, frame: 1, direction, segment },
      };
    }),
  );

it('pending: the line waited for, and those after it', () => {
  expect(told(closePattern, close.slice(0, 2))).toMatchInlineSnapshot(`
    "nothing for line 3, client > server FIN+ACK seq=c ack=s+1 (1001), in the server's capture
      ✓ line 1  #1  0.000000  server > client  FIN+ACK  seq=1000 [0] ack=500 [0]
      ✓ line 2  #2  0.001000  client > server  ACK      seq=500 [0] ack=1001 [1]
      … line 3  client > server FIN+ACK seq=c ack=s+1 (1001)
      … line 4  server > client ACK ack=c+1"
  `);
});

it('another segment stood there: what differs, with names resolved', () => {
  const list = segments(
    { from: 'server', flags: 'F.', seq: 2811047362, ack: 7 },
    { flags: 'R.', seq: 7, ack: 2811047364, window: 0 },
    { from: 'server', flags: '.', seq: 2811047363, ack: 8 },
  );
  expect(told(closePattern, list)).toMatchInlineSnapshot(`
    "client > server RST+ACK seq=7 ack=2811047364 win=0 instead of line 2, client > server ACK ack=s+1 (2811047363), in the server's capture
      ✓ line 1  #1  0.000000  server > client  FIN+ACK  seq=2811047362 [0] ack=7 [0]
      ✗ line 2  #2  0.001000  client > server  RST+ACK  seq=7 [0] ack=2811047364 [2] win=0
                              ACK, seen RST+ACK
                              ack=s+1 (2811047363), seen ack=2811047364 (s+2)
      ·         #3  0.002000  server > client  ACK      seq=2811047363 [1] ack=8 [1]
      … line 3  client > server FIN+ACK seq=c ack=s+1 (2811047363)
      … line 4  server > client ACK ack=c+1"
  `);
});

it('the wrong host spoke', () => {
  const text = 'client > server F.\nserver > client .';
  const list = segments({ flags: 'F.', seq: 5 }, { flags: 'F.', seq: 5 });
  expect(told(text, list)).toMatchInlineSnapshot(`
    "client > server FIN+ACK seq=5 instead of line 2, server > client ACK, in the server's capture
      ✓ line 1  #1  0.000000  client > server  FIN+ACK  seq=5 [0]
      ✗ line 2  #2  0.001000  client > server  FIN+ACK  seq=5 [0]
                              server > client, seen client > server
                              ACK, seen FIN+ACK"
  `);
});

it('nothing more came', () => {
  expect(told(closePattern, close.slice(0, 3), { complete: true })).toMatchInlineSnapshot(`
    "nothing for line 4, server > client ACK ack=c+1 (501), in the server's capture
      ✓ line 1  #1  0.000000  server > client  FIN+ACK  seq=1000 [0] ack=500 [0]
      ✓ line 2  #2  0.001000  client > server  ACK      seq=500 [0] ack=1001 [1]
      ✓ line 3  #3  0.900000  client > server  FIN+ACK  seq=500 [0] ack=1001 [1]
      … line 4  server > client ACK ack=c+1 (501)"
  `);
});

it('more came than the pattern says', () => {
  const text = 'server > client F.\nclient > server .';
  expect(told(text, close, { anchored: true })).toMatchInlineSnapshot(`
    "also client > server FIN+ACK seq=500 ack=1001, in the server's capture
      ✓ line 1  #1  0.000000  server > client  FIN+ACK  seq=1000 [0] ack=500 [0]
      ✓ line 2  #2  0.001000  client > server  ACK      seq=500 [0] ack=1001 [1]
      ✗         #3  0.900000  client > server  FIN+ACK  seq=500 [0] ack=1001 [1]
      ·         #4  0.901000  server > client  ACK      seq=1001 [1] ack=501 [1]"
  `);
});

it('after ..., every candidate, and the nearest in the first line', () => {
  const text = 'server > client F. seq=s\n...\nserver > client . ack=9';
  expect(told(text, close, { complete: true })).toMatchInlineSnapshot(`
    "nothing for line 3, server > client ACK ack=9, the nearest being server > client ACK seq=1001 ack=501, in the server's capture
      ✓ line 1  #1  0.000000  server > client  FIN+ACK  seq=1000 [0] ack=500 [0]
      ✗ line 3  #2  0.001000  client > server  ACK      seq=500 [0] ack=1001 [1]
                              server > client, seen client > server
                              ack=9, seen ack=1001
      ✗ line 3  #3  0.900000  client > server  FIN+ACK  seq=500 [0] ack=1001 [1]
                              server > client, seen client > server
                              ACK, seen FIN+ACK
                              ack=9, seen ack=1001
      ✗ line 3  #4  0.901000  server > client  ACK      seq=1001 [1] ack=501 [1]
                              ack=9, seen ack=501"
  `);
});

it('a time that does not fit', () => {
  const syns = [0, 1010, 2020, 4100].map((ms) => ({ flags: 'S', seq: 77, ms }));
  const text = 'client > server S seq=x\n+1s client > server S seq=x x3';
  expect(told(text, segments(...syns))).toMatchInlineSnapshot(`
    "client > server SYN seq=77 instead of line 2, +1s client > server SYN seq=x (77) x3, in the server's capture
      ✓ line 1  #1  0.000000  client > server  SYN  seq=77 [0]
      ✓ line 2  #2  1.010000  client > server  SYN  seq=77 [0]
      ✓ line 2  #3  2.020000  client > server  SYN  seq=77 [0]
      ✗ line 2  #4  4.100000  client > server  SYN  seq=77 [0]
                              +1s (990 ms to 1.38 s later), seen 2.08 s later"
  `);
});

it('fields that a segment\u2019s description leaves out, options that are missing', () => {
  const options = { sackPermitted: true as const, timestamps: { value: 5, echo: 0 } };
  const text = 'client > server S mss=1460 !sackOK tsval=4 win=0 sack';
  expect(told(text, segments({ flags: 'S', seq: 1, options }))).toMatchInlineSnapshot(`
    "client > server SYN seq=1 sackOK, in the server's capture
      ✗ line 1  #1  0.000000  client > server  SYN  seq=1 [0] sackOK
                              mss=1460, seen no mss
                              no sackOK, seen sackOK
                              tsval=4, seen tsval=5
                              win=0, seen win=502
                              sack, seen no sack"
  `);
});

it('names the line that must be there rather than an optional one, if neither is nearer', () => {
  const list = segments({ flags: 'P.', seq: 1 }, { flags: 'R', seq: 2 });
  const text = 'client > server P. x1+\nclient > server F.';
  expect(told(text, list)).toMatchInlineSnapshot(`
    "client > server RST seq=2 instead of line 2, client > server FIN+ACK, in the server's capture
      ✓ line 1  #1  0.000000  client > server  PSH+ACK  seq=1 [0]
      ✗ line 2  #2  0.001000  client > server  RST      seq=2 [1]
                              FIN+ACK, seen RST"
  `);
});

it('names the optional line where that is nearer', () => {
  const text = 'client > server S seq=x\nserver > client S. ack=x+1 ?\nclient > server R';
  const list = segments({ flags: 'S', seq: 1 }, { from: 'server', flags: 'S.', seq: 9, ack: 1 });
  expect(told(text, list)).toMatchInlineSnapshot(`
    "server > client SYN+ACK seq=9 ack=1 instead of line 2, server > client SYN+ACK ack=x+1 (2) ?, in the server's capture
      ✓ line 1  #1  0.000000  client > server  SYN      seq=1 [0]
      ✗ line 2  #2  0.001000  server > client  SYN+ACK  seq=9 [0] ack=1 [0]
                              ack=x+1 (2), seen ack=1 (x)
      … line 3  client > server RST"
  `);
});

it('a run after ... that breaks off: the segment where it broke, not those before it', () => {
  const text = 'client > server S seq=x\n...\nserver > client S. seq=y ack=x+1 x3';
  const synAck = { from: 'server' as const, flags: 'S.', seq: 9, ack: 0 };
  const other = { ...synAck, seq: 8 };
  const list = segments({ flags: 'S', seq: 2 ** 32 - 1 }, {}, synAck, synAck, other, {});
  expect(told(text, list, { complete: true })).toMatchInlineSnapshot(`
    "server > client SYN+ACK seq=8 ack=0 instead of line 3, server > client SYN+ACK seq=y (9) ack=x+1 (0) x3, in the server's capture
      ✓ line 1  #1  0.000000  client > server  SYN      seq=4294967295 [0]
      ·         #2  0.001000  client > server  ACK      seq=0 [1]
      ✓ line 3  #3  0.002000  server > client  SYN+ACK  seq=9 [0] ack=0 [1]
      ✓ line 3  #4  0.003000  server > client  SYN+ACK  seq=9 [0] ack=0 [1]
      ✗ line 3  #5  0.004000  server > client  SYN+ACK  seq=8 [-1] ack=0 [1]
                              seq=y (9), seen seq=8 (y-1)
      ·         #6  0.005000  client > server  ACK      seq=0 [1]"
  `);
});

it('folds long runs that decide nothing', () => {
  const data = Array.from({ length: 30 }, (_, index) => ({ flags: 'P.', seq: index, ms: index }));
  const list = segments({ flags: 'S', seq: 0 }, ...data, { flags: 'F.', seq: 30, ms: 30 });
  const text = 'client > server S\n...\nclient > server F. seq=f\nserver > client .';
  expect(told(text, list)).toMatchInlineSnapshot(`
    "nothing for line 4, server > client ACK, in the server's capture
      ✓ line 1  #1   0.000000  client > server  SYN      seq=0 [0]
      ·         #2   0.000000  client > server  PSH+ACK  seq=0 [0]
      ·         #3   0.001000  client > server  PSH+ACK  seq=1 [1]
      ·         #4   0.002000  client > server  PSH+ACK  seq=2 [2]
      … 24 more segments
      ·         #29  0.027000  client > server  PSH+ACK  seq=27 [27]
      ·         #30  0.028000  client > server  PSH+ACK  seq=28 [28]
      ·         #31  0.029000  client > server  PSH+ACK  seq=29 [29]
      ✓ line 3  #32  0.030000  client > server  FIN+ACK  seq=30 [30]
      … line 4  server > client ACK"
  `);
});
