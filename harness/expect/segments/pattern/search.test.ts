import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PatternError } from './error.ts';
import { Matcher, matchPattern } from './match.ts';
import { parsePattern } from './parse.ts';
import type { MatchResult } from './results.ts';
import type { CarriedSegment } from './types.ts';
import { segments, verdict } from './segments.fixture.ts';

/**
 * The oracle: a segment is a letter for its flags and a digit for its number, and a pattern is a
 * regular expression over them, which the engine decides with machinery of its own.
 */
interface Piece {
  line: string;
  expression: string;
}

const LETTERS = ['S', 'F', 'R'];
const DIGITS = ['0', '1'];
const ANY = `[${LETTERS.join('')}][${DIGITS.join('')}]`;
const COUNTS = [
  ['', ''],
  ['?', '?'],
  ['x2', '{2}'],
  ['x1..2', '{1,2}'],
  ['x1+', '+'],
] as const;

const plain = fc
  .tuple(fc.constantFrom(...LETTERS, '*'), fc.constantFrom(...COUNTS))
  .map(([flags, [times, quantifier]]) => ({
    line: `client > server ${flags} ${times}`,
    expression: `(?:${letterOf(flags)}[01])${quantifier}`,
  }));
const between = fc.constant({ line: '...', expression: `(?:${ANY})*` });
/** A line whose number is a name: a later one must have the number of the first. */
const named = fc
  .tuple(fc.constantFrom(...LETTERS, '*'), fc.constantFrom('a', 'b'))
  .map(([flags, name]) => (bound: Set<string>): Piece => {
    const number = bound.has(name) ? `\\k<${name}>` : `(?<${name}>[01])`;
    bound.add(name);
    return { line: `client > server ${flags} seq=${name}`, expression: letterOf(flags) + number };
  });

function letterOf(flags: string): string {
  return flags === '*' ? `[${LETTERS.join('')}]` : flags;
}

const pieces = fc
  .array(fc.oneof(plain, between, named), { minLength: 1, maxLength: 6 })
  .map((all) => {
    const bound = new Set<string>();
    return all.map((piece) => (typeof piece === 'function' ? piece(bound) : piece));
  })
  .filter((all) => all.some(({ line }) => line !== '...'));
const wire = fc.array(fc.tuple(fc.constantFrom(...LETTERS), fc.constantFrom(...DIGITS)), {
  maxLength: 8,
});

const carried = (list: [string, string][]) =>
  segments(...list.map(([flags, digit]) => ({ flags, seq: Number(digit) })));
const written = (list: [string, string][]): string => list.flat().join('');
const textOf = (all: Piece[]): string => all.map(({ line }) => line).join('\n');

it('decides as a regular expression does', () => {
  fc.assert(
    fc.property(pieces, wire, fc.boolean(), (all, list, anchored) => {
      const source = all.map(({ expression }) => expression).join('');
      const oracle = new RegExp(`^${source}${anchored ? '$' : ''}`).test(written(list));
      const result = matchPattern(parsePattern(textOf(all)), carried(list), { anchored });
      expect(result.kind === 'met').toBe(oracle);
    }),
    { numRuns: 5000 },
  );
});

/** Every wire of up to `length` more segments. */
function* continuations(length: number): Generator<[string, string][]> {
  yield [];
  if (length === 0) return;
  for (const rest of continuations(length - 1)) {
    for (const letter of LETTERS) for (const digit of DIGITS) yield [[letter, digit], ...rest];
  }
}

it('is pending exactly while some further segments would make it met', () => {
  const short = pieces.filter((all) => all.length <= 3 && !all.some(({ line }) => /x2/.test(line)));
  const shortWire = fc.array(fc.tuple(fc.constantFrom(...LETTERS), fc.constantFrom(...DIGITS)), {
    maxLength: 3,
  });
  fc.assert(
    fc.property(short, shortWire, (all, list) => {
      const source = new RegExp(`^${all.map(({ expression }) => expression).join('')}`);
      const possible = [...continuations(3)].some((more) =>
        source.test(written([...list, ...more])),
      );
      const { kind } = matchPattern(parsePattern(textOf(all)), carried(list));
      expect(kind === 'impossible').toBe(!possible);
    }),
    { numRuns: 300 },
  );
});

it('segment by segment it finds what it finds at once, and the first that is met stays so', () => {
  fc.assert(
    fc.property(pieces, wire, fc.boolean(), fc.boolean(), (all, list, anchored, complete) => {
      const pattern = parsePattern(textOf(all));
      const growing: CarriedSegment[] = [];
      const matcher = new Matcher(pattern, growing, { anchored });
      let first: MatchResult | undefined;
      for (const next of [undefined, ...carried(list)]) {
        if (next !== undefined) growing.push(next);
        const result = matcher.result(complete);
        const atOnce = matchPattern(pattern, [...growing], { anchored, complete });
        expect(result).toEqual(first ?? atOnce);
        // One segment more undoes what an anchored pattern was met by.
        if (!anchored && result.kind === 'met') first ??= result;
      }
    }),
    { numRuns: 2000 },
  );
});

it('does not blow up where ways multiply', () => {
  const list = segments(...Array.from({ length: 300 }, (_, seq) => ({ flags: 'P.', seq })));
  const anyThing = '...\nclient > server P. ?\nclient > server * x0+\n'.repeat(20);
  expect(verdict(`${anyThing}server > client R`, list)).toBe('pending');
  expect(verdict(`${anyThing}server > client R`, list, { complete: true })).toBe('impossible');
});

it('refuses a pattern with too many ways, naming the line', () => {
  const list = segments(...Array.from({ length: 300 }, (_, seq) => ({ flags: 'P.', seq })));
  const names = ['a', 'b', 'c', 'd'];
  const choose = names.map((name) => `...\nclient > server P. seq=${name}`).join('\n');
  const text = `${choose}\n...\nclient > server P. seq=a+b+c+d+300`;
  expect(() => verdict(text, list)).toThrow(PatternError);
  expect(() => verdict(text, list)).toThrow('there are too many ways to match this pattern');
});

it('follows a long connection', () => {
  const list = segments(...Array.from({ length: 20_000 }, (_, seq) => ({ flags: 'P.', seq })));
  expect(verdict('client > server P. x1+\nclient > server F.', list)).toBe('pending');
  expect(verdict('...\nclient > server P. seq=19999', list)).toBe('met');
});

it('looks at each segment of a list that grows once, however long it waits', () => {
  let looks = 0;
  const all = new Proxy<CarriedSegment[]>([], {
    get: (list, key) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks++;
      return Reflect.get(list, key) as unknown;
    },
  });
  const matcher = new Matcher(parsePattern('...\nclient > server  R'), all);
  for (const one of segments(...Array.from({ length: 1000 }, () => ({ flags: '.' })))) {
    all.push(one);
    expect(matcher.result().kind).toBe('pending');
  }
  expect(looks).toBeLessThan(5000);
});
