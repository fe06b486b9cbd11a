import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { PatternError } from './error.ts';
import { FIELD_NAMES, fieldOf } from './fields.ts';
import { formatPattern } from './format.ts';
import { parsePattern } from './parse.ts';

const again = (text: string): string => formatPattern(parsePattern(text));

describe('parsePattern', () => {
  test.each([
    ['client > server S', 'client > server  S'],
    ['  server>client\t.  ack = x  # comment', 'server > client  .  ack=x'],
    ['client > server P.|. len > 0 win!=0', 'client > server  P.|.  len>0 win!=0'],
    ['client > server * !mss sackOK tsval', 'client > server  *  !mss sackOK tsval'],
    ['client > server S?', 'client > server  S  ?'],
    ['client > server S x0..1', 'client > server  S  ?'],
    ['client > server S x1..1', 'client > server  S'],
    ['client > server S x3..3', 'client > server  S  x3'],
    ['client > server S seq=x ack=x-1+len x2+', 'client > server  S  seq=x ack=x-1+len  x2+'],
    ['client > server none seq=x3 x3', 'client > server  none  seq=x3  x3'],
    ['client > server S\n\n...\r\nafter 1.5s server > client S.', null],
    ['client > server S\n+1s±10% server > client S.', null],
    ['client > server S\n+200ms..1min server > client S.', null],
    ['client > server S\n+40ms.. server > client S.', null],
  ])('%j', (text, canonical) => {
    if (canonical !== null) expect(again(text)).toBe(canonical);
    expect(again(again(text))).toBe(again(text));
  });

  it('reads gaps into nanoseconds: default, margins, ranges', () => {
    const gapOf = (gap: string): number[] => {
      const line = parsePattern(`client > server S\n${gap} client > server S`).items[1];
      return line?.kind === 'line' && line.gap ? [line.gap.earliest, line.gap.latest] : [];
    };
    expect(gapOf('+1s')).toEqual([0.99e9, 1.13e9 + 0.25e9]);
    expect(gapOf('after 1s')).toEqual(gapOf('+1s'));
    expect(gapOf('+1s±10%')).toEqual([0.9e9, 1.1e9]);
    expect(gapOf('+1s ± 50ms')).toEqual([0.95e9, 1.05e9]);
    expect(gapOf('+1s..1.5s')).toEqual([1e9, 1.5e9]);
    expect(gapOf('+1min..')).toEqual([60e9, Infinity]);
    expect(gapOf('+1ms±5ms')).toEqual([0, 6e6]);
  });

  it('numbers lines from the first that is not blank, comments included', () => {
    const { items } = parsePattern('\n\n  # a close\n\n  client > server F.\n  ...');
    expect(items.map(({ line }) => line)).toEqual([3, 4]);
  });
});

const S = 'client > server S\n';

test.each([
  ['', 1, 1, 'the pattern names no segment'],
  ['...', 1, 1, 'the pattern names no segment'],
  ['foo', 1, 1, 'expected server > client or client > server'],
  ['? client > server S', 1, 1, 'expected server > client or client > server'],
  ['client > servers S', 1, 1, 'expected server > client or client > server'],
  ['client > server', 1, 16, 'expected flags, found the end of the line'],
  ['client > server seq=1', 1, 17, 'expected flags, found "seq=1"'],
  ['client > server [S]', 1, 17, '"[S]": flags stand without brackets'],
  ['client > server SA', 1, 17, '"SA" are not flags: tcpdump has no letter "A"'],
  ['client > server PF.', 1, 17, '"PF.": tcpdump prints these flags as "FP."'],
  ['client > server SS', 1, 17, '"SS": tcpdump prints these flags as "S"'],
  ['client > server S|', 1, 17, 'an empty alternative beside the |'],
  ['client > server S | .', 1, 19, 'expected a field, found "|"'],
  ['client > server S length=1', 1, 19, 'there is no field "length"'],
  ['client > server S constructor=1', 1, 19, 'there is no field "constructor"'],
  ['client > server S sackOK=1', 1, 19, 'sackOK has no value'],
  ['client > server S mss=sackOK', 1, 23, 'sackOK has no value'],
  ['client > server S !win', 1, 19, 'every segment has win'],
  ['client > server S !mss=1', 1, 19, '! asks for absence, so no value can follow'],
  ['client > server S seq==1', 1, 23, 'expected a number or a name, found "=1"'],
  ['client > server S seq=x+', 1, 25, 'expected a number or a name, found the end of the line'],
  ['client > server S seq=1x', 1, 23, 'expected a number or a name, found "1x"'],
  ['client > server S seq=4294967296', 1, 23, 'the number is too large'],
  ['client > server S x0', 1, 19, '"x0" is not a number of times'],
  ['client > server S x3..2', 1, 19, '"x3..2" is not a number of times'],
  ['client > server S x1001', 1, 19, '"x1001" is not a number of times'],
  ['client > server S ? seq=1', 1, 21, 'nothing may follow ? or x3'],
  ['... client > server S', 1, 5, '... stands on a line of its own'],
  ['+1s client > server S', 1, 1, 'there is no segment before this one to count from'],
  ['client > server S ?\n+1s client > server S', 2, 1, 'there is no segment before this one'],
  [`${S}+1 client > server S`, 2, 2, 'the time has no unit: "1"'],
  [`${S}+1h client > server S`, 2, 2, 'not a time: "1h"'],
  [`${S}+1s±10 client > server S`, 2, 5, 'the time has no unit: "10"'],
  [`${S}+2s..1s client > server S`, 2, 6, 'the gap ends before it begins'],
])('%j is refused', (text, line, column, problem) => {
  const parsed = (): unknown => parsePattern(text);
  expect(parsed).toThrow(PatternError);
  expect(parsed).toThrow(`packet pattern, line ${line}, column ${column}: ${problem}`);
});

it('says what is wrong, where, and what would be right', () => {
  const message = (text: string): string => {
    try {
      return formatPattern(parsePattern(text));
    } catch (error) {
      return String(error);
    }
  };
  expect(message('\n  server > client  F.  seq=s\n  client > server  .   window=0'))
    .toMatchInlineSnapshot(`
    "PatternError: packet pattern, line 2, column 24: there is no field "window"
        client > server  .   window=0
                             ^ did you mean win?"
  `);
  expect(message('server > client  SA')).toMatchInlineSnapshot(`
    "PatternError: packet pattern, line 1, column 18: "SA" are not flags: tcpdump has no letter "A"
      server > client  SA
                       ^ write S, S., ., P., F., R or R.; P.|. for either; * for any; none for no flag"
  `);
  expect(message('server > client  S.  port=1')).toMatchInlineSnapshot(`
    "PatternError: packet pattern, line 1, column 22: there is no field "port"
      server > client  S.  port=1
                           ^ fields are seq, ack, win, len, mss, wscale, sackOK, sack, tsval, tsecr"
  `);
  expect(message('?  server > client  S.')).toMatchInlineSnapshot(`
    "PatternError: packet pattern, line 1, column 1: expected server > client or client > server
      ?  server > client  S.
      ^ the ? of an optional segment ends its line"
  `);
});

const name = fc
  .stringMatching(/^[a-z]{1,3}$/)
  .filter((word) => !(FIELD_NAMES as string[]).includes(word));
const valued = FIELD_NAMES.filter((field) => fieldOf(field).kind !== 'mark');
const optional = FIELD_NAMES.filter((field) => !fieldOf(field).always);
const term = fc.oneof(name, fc.nat(2 ** 32 - 1).map(String), fc.constantFrom(...valued));
const sum = fc
  .tuple(term, fc.array(fc.tuple(fc.constantFrom('+', '-'), term), { maxLength: 3 }))
  .map(([first, others]) => first + others.flat().join(''));
const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
const condition = fc.oneof(
  fc.tuple(fc.constantFrom(...valued), operator, sum).map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('', '!'), fc.constantFrom(...optional)).map((parts) => parts.join('')),
);
const direction = fc.constantFrom('client > server', 'server > client');
const flags = fc
  .uniqueArray(fc.constantFrom('S', 'S.', '.', 'P.', 'F.', 'FP.', 'R', 'R.', 'SEW', 'none'))
  .map((some) => some.join('|') || '*');
const gap = fc.constantFrom('', '+1s', '+0.2s', '+1s±10%', '+1min±5s', '+1s..1.5s', '+40ms..');
const times = fc.constantFrom('', '?', 'x3', 'x2..5', 'x0+', 'x1+');
const line = fc
  .tuple(gap, direction, flags, fc.array(condition, { maxLength: 4 }), times)
  .map(([gap, direction, flags, conditions, times]) =>
    [gap, direction, flags, conditions.join(' '), times].filter((part) => part !== '').join('  '),
  );
const pattern = fc
  .array(fc.oneof(line, fc.constant('...')), { maxLength: 6 })
  .map((lines) => ['client > server  S', ...lines].join('\n'));

it('round-trips every valid pattern', () => {
  fc.assert(fc.property(pattern, (text) => again(text) === text));
});

it('answers any text with a pattern or a PatternError that points into it', () => {
  const piece = fc.constantFrom(
    ...['client > server', ' ', '\n', '...', '?', 'x3', '+1s', '±', '..', 'S.', 'seq', '=', '!'],
    ...[
      'x',
      '+',
      '|',
      '#',
      '1',
      'after ',
      'mss',
      'sackOK',
      '>',
      '99999999999',
      '\t',
      'é',
      '\u2028',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, (text) => {
      try {
        parsePattern(text);
      } catch (error) {
        if (!(error instanceof PatternError)) throw error;
        expect(error.line).toBeGreaterThanOrEqual(1);
        expect(error.line).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length);
        expect(error.column).toBeGreaterThanOrEqual(1);
      }
    }),
    { numRuns: 2000 },
  );
});

it('reads a long text in linear time', () => {
  const long = `client > server S ${'seq=x+1-y '.repeat(50_000)}`;
  const { items } = parsePattern(long);
  expect(items).toHaveLength(1);
  expect(() => parsePattern(`client > server ${'S'.repeat(500_000)}`)).toThrow(PatternError);
});
