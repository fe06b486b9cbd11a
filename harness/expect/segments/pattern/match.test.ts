import { describe, expect, it, test } from 'vitest';
import { PatternError } from './error.ts';
import { findSegments, matchPattern } from './match.ts';
import { parsePattern } from './parse.ts';
import { close, closePattern, segments, verdict } from './segments.fixture.ts';

const MAX = 2 ** 32 - 1;

describe('a close in four segments', () => {
  const pattern = parsePattern(closePattern);

  it('is met, with its names and events', () => {
    expect(matchPattern(pattern, close)).toEqual({
      kind: 'met',
      bindings: { s: 1000, c: 500 },
      by: [1, 2, 3, 4],
      lines: [1, 2, 3, 4],
    });
  });

  it('is pending until the last one comes, saying what it waits for', () => {
    expect(matchPattern(pattern, [])).toMatchObject({
      kind: 'pending',
      nearMiss: { matched: [], expected: { line: 1 }, candidates: [] },
    });
    expect(matchPattern(pattern, close.slice(0, 2))).toEqual({
      kind: 'pending',
      nearMiss: {
        matched: [1, 2],
        lines: [1, 2],
        bindings: { s: 1000 },
        expected: { line: 3 },
        candidates: [],
      },
    });
  });

  it('is impossible at the first segment that contradicts', () => {
    const reset = segments({ from: 'server', flags: 'F.', seq: 1000 }, { flags: 'R.', ack: 1001 });
    const result = matchPattern(pattern, reset);
    if (result.kind !== 'impossible') throw new Error(result.kind);
    expect(result.nearMiss).toEqual({
      matched: [1],
      lines: [1],
      bindings: { s: 1000 },
      expected: { line: 2 },
      candidates: [{ carried: reset[1], differs: [{ field: 'flags', expected: '.', seen: 'R.' }] }],
    });
  });

  it('says what a value had to be, as it is written and as it comes to', () => {
    const list = segments({ from: 'server', flags: 'F.', seq: 1000 }, { ack: 1003 });
    const result = matchPattern(pattern, list);
    if (result.kind !== 'impossible') throw new Error(result.kind);
    expect(result.nearMiss.candidates).toMatchObject([
      { differs: [{ field: 'ack', expected: ['ack=s+1', 1001], seen: 1003 }] },
    ]);
  });

  it('waits for the line that must come, not for the optional one before it', () => {
    const text = 'server > client F.\nclient > server . ?\nclient > server F.';
    const result = matchPattern(parsePattern(text), close.slice(0, 1));
    expect(result).toMatchObject({ kind: 'pending', nearMiss: { expected: { line: 3 } } });
  });

  it('is impossible when it is complete and a segment is missing', () => {
    const result = matchPattern(pattern, close.slice(0, 3), { complete: true });
    if (result.kind !== 'impossible') throw new Error(result.kind);
    expect(result.nearMiss).toMatchObject({ matched: [1, 2, 3], expected: { line: 4 } });
    expect(result.nearMiss.candidates).toEqual([]);
  });
});

describe('where a pattern begins and ends', () => {
  const fin = 'server > client F.';

  test('at the first segment, unless ... comes first', () => {
    expect(verdict('client > server F.', close)).toBe('impossible');
    expect(verdict('...\nclient > server F.', close)).toBe('met');
  });

  test('segments may follow, unless it is anchored', () => {
    expect(verdict(fin, close)).toBe('met');
    expect(verdict(fin, close, { anchored: true })).toBe('impossible');
    expect(verdict(fin, close.slice(0, 1), { anchored: true })).toBe('met');
    expect(verdict(`${fin}\n...`, close, { anchored: true })).toBe('met');
  });

  test('anchored, ... takes as much as the end needs', () => {
    const acks = '...\nserver > client .';
    const more = segments({ from: 'server' }, {}, { from: 'server' });
    expect(verdict(acks, more, { anchored: true })).toBe('met');
    expect(verdict(acks, more.slice(0, 2), { anchored: true })).toBe('pending');
  });
});

describe('names and numbers', () => {
  test.each([
    ['ack=x+1', MAX, 0, 'met'],
    ['ack=x+1', 41, 42, 'met'],
    ['ack=x+1', 41, 43, 'impossible'],
    ['ack!=x', 41, 43, 'met'],
    ['ack>x', MAX, 5, 'met'],
    ['ack>x', 5, MAX, 'impossible'],
    ['ack<=x-1', 0, MAX, 'met'],
    ['ack=x+x-x+1', 7, 8, 'met'],
    ['ack=0', 7, 0, 'met'],
  ])('seq=x then %s: %i, %i is %s', (condition, seq, ack, kind) => {
    const pair = segments({ flags: 'S', seq }, { from: 'server', flags: 'S.', ack });
    expect(verdict(`client > server S seq=x\nserver > client S. ${condition}`, pair)).toBe(kind);
  });

  // Where they are equal: `len>0` is not true of a bare ACK, `win>=1` is of a window of one.
  test.each(['len', 'seq'])('%s of 5 against 5', (field) => {
    const five = segments({ seq: 5, length: 5 });
    const holds = (operator: string) => verdict(`client > server . ${field}${operator}5`, five);
    expect(['=', '<=', '>='].map(holds)).toEqual(['met', 'met', 'met']);
    expect(['!=', '<', '>'].map(holds)).toEqual(['impossible', 'impossible', 'impossible']);
    const off = (operator: string, by: number) =>
      verdict(`client > server . ${field}${operator}${5 + by}`, five);
    expect([off('<', 1), off('<=', 1), off('>', -1), off('>=', -1), off('!=', 1)]).toEqual(
      Array(5).fill('met'),
    );
    expect([off('<', -1), off('<=', -1), off('>', 1), off('>=', 1), off('=', 1)]).toEqual(
      Array(5).fill('impossible'),
    );
  });

  test('win and len are ordinary numbers', () => {
    expect(verdict('client > server . len>win', segments({ length: 10, window: 0 }))).toBe('met');
    expect(verdict('client > server . win>=2147483649', segments({ window: 0 }))).toBe(
      'impossible',
    );
    expect(verdict('client > server . win<len-1', segments({ window: 0 }))).toBe('impossible');
  });

  test('a field in a sum is the same segment\u2019s', () => {
    const data = segments({ flags: 'P.', seq: 10, length: 5 }, { from: 'server', ack: 15 });
    const text = 'client > server P. seq=end-len\nserver > client . ack=end';
    expect(verdict(text, data, { bindings: { end: 15 } })).toBe('met');
    expect(verdict('client > server S ack=seq', segments({ flags: 'S', seq: 3, ack: 3 }))).toBe(
      'met',
    );
  });

  test('names may come from outside', () => {
    const list = segments({ ack: 8 });
    expect(verdict('client > server . ack=x+1', list, { bindings: { x: 7 } })).toBe('met');
    expect(verdict('client > server . ack=x', list, { bindings: { x: 7 } })).toBe('impossible');
  });

  test('a name must be bound before it is calculated with', () => {
    const match = (text: string) => () => verdict(text, close);
    expect(match('server > client F. seq=s ack=z+1')).toThrow(PatternError);
    expect(match('server > client F. seq=s ack=z+1')).toThrowErrorMatchingInlineSnapshot(`
      [PatternError: packet pattern, line 1, column 30: nothing has bound "z" before
        server > client F. seq=s ack=z+1
                                     ^ a name binds where it stands alone, as in seq=z]
    `);
    expect(match('server > client F. seq=q ?\nclient > server . ack=q+1'))
      .toThrowErrorMatchingInlineSnapshot(`
      [PatternError: packet pattern, line 2, column 23: "q" is bound on line 1 only, which is optional
        client > server . ack=q+1
                              ^ a name binds where it stands alone, as in seq=q]
    `);
  });

  test('names like those of object properties are only names', () => {
    const text = 'client > server S seq=constructor\nclient > server . seq=constructor+1';
    expect(verdict(text, segments({ flags: 'S', seq: 1 }, { seq: 2 }))).toBe('met');
  });

  test('a field that is not there fulfils no comparison', () => {
    for (const condition of ['ack=x', 'ack!=5', 'mss>0', 'tsval=t', 'seq=wscale']) {
      expect(verdict(`client > server S ${condition}`, segments({ flags: 'S' }))).toBe(
        'impossible',
      );
    }
  });
});

test('options: values, presence, absence', () => {
  const timestamps = { value: 9, echo: 4 };
  const options = { mss: 1460, windowScale: 7, sackPermitted: true as const, timestamps };
  const rich = segments({ flags: 'S', options });
  const poor = segments({ flags: 'S' });
  for (const there of ['mss=1460', 'wscale=7', 'sackOK', 'tsval=9 tsecr=4', 'mss', 'tsval>tsecr']) {
    expect(verdict(`client > server S ${there}`, rich)).toBe('met');
    expect(verdict(`client > server S ${there}`, poor)).toBe('impossible');
  }
  expect(verdict('client > server S !mss !sackOK !wscale !tsval !sack !ack', poor)).toBe('met');
  expect(verdict('client > server S !sackOK', rich)).toBe('impossible');
  expect(
    verdict('client > server S sack', segments({ flags: 'S', options: { sack: [[1, 2]] } })),
  ).toBe('met');
});

test('flags are compared whole', () => {
  const synAck = segments({ flags: 'S.' });
  expect(verdict('client > server S', synAck)).toBe('impossible');
  expect(verdict('client > server S|S.', synAck)).toBe('met');
  expect(verdict('client > server *', synAck)).toBe('met');
  expect(verdict('client > server none', segments({ flags: 'none' }))).toBe('met');
});

describe('time since the segment matched before', () => {
  const syns = (...ms: number[]) => segments(...ms.map((ms) => ({ flags: 'S', seq: 7, ms })));
  const second = (gap: string) => `client > server S seq=x\n${gap} client > server S seq=x`;

  test.each([
    ['+1s', 989, 'impossible'],
    ['+1s', 991, 'met'],
    ['+1s', 1379, 'met'],
    ['+1s', 1381, 'impossible'],
    ['+1s±10%', 1101, 'impossible'],
    ['+1s..1.5s', 1500, 'met'],
    ['+1s..1.5s', 999, 'impossible'],
    ['+1s..', 9000, 'met'],
    ['+0ms..50ms', 51, 'impossible'],
  ])('%s after %i ms is %s', (gap, ms, kind) => {
    expect(verdict(second(gap), syns(5000, 5000 + ms))).toBe(kind);
  });

  test('each of x3 counts from the one before', () => {
    const text = 'client > server S seq=x\n+1s client > server S seq=x x3';
    expect(verdict(text, syns(0, 1000, 2000, 3000))).toBe('met');
    expect(verdict(text, syns(0, 1000, 2000))).toBe('pending');
    expect(verdict(text, syns(0, 1000, 3000))).toBe('impossible');
  });

  test('what ... passes over does not count', () => {
    const text = 'client > server S\n...\n+2s client > server S';
    expect(verdict(text, syns(0, 1000, 2000))).toBe('met');
  });

  test('another segment for an earlier line is tried when the time does not fit', () => {
    const text =
      '...\nclient > server S\n...\n+2s client > server S\n...\n+0s..1ms server > client R.';
    const list = [...syns(0, 1500, 3500), ...segments({ from: 'server', flags: 'R.', ms: 3500 })];
    expect(verdict(text, list)).toBe('met');
  });
});

describe('findSegments', () => {
  it('finds every segment like the line, wherever it stands', () => {
    const found = findSegments(parsePattern('client > server *'), close);
    expect(found.map(({ event }) => event)).toEqual([2, 3]);
    expect(findSegments(parsePattern('client > server R|R.'), close)).toEqual([]);
    expect(findSegments(parsePattern('server > client . ack=c+1'), close, { c: 500 })).toHaveLength(
      1,
    );
  });

  test.each([
    'client > server S\n...',
    'client > server S ?',
    'client > server S x3',
    '...\nserver > client .',
  ])('refuses %j, which is more than one plain line', (text) => {
    expect(() => findSegments(parsePattern(text), close)).toThrow('a search takes one line');
  });
});
