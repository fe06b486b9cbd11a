/** No text of ours is without a translation, and no translation without a text. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { SHELLS } from '../cli/command-line.ts';
import { allClaims } from '../catalogue/claims.ts';
import { FAILED, MESSAGES, RECORDED, STEPS } from './examples.fixture.ts';
import { chinese } from './language.ts';
import { isForPeople } from './for-people.fixture.ts';
import { callsIn, literals, skeleton, textsIn, type Found } from './sources.fixture.ts';
import { sayFrom } from './translate.ts';
import { CHINESE, PARTS } from './zh/index.ts';

const flat = (text: string): string => skeleton(text.trim().replace(/\s+/g, ' '));
const bare = (text: string): string => flat(text).replace(/^[,;:] /, '');

const known = new Set(Object.keys(CHINESE).map(flat));
const isKnown = (text: string): boolean => known.has(flat(text)) || known.has(bare(text));

const EXAMPLES = [...RECORDED, ...STEPS, ...FAILED, ...MESSAGES];

/** Is a text of the sources a part of one of the examples? */
function isPart(text: string): boolean {
  const parts = bare(text)
    .split('{}')
    .map((part) => part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  const expression = new RegExp(parts.join('.*?'));
  return EXAMPLES.some((example) => expression.test(example));
}

// Where `t` is a time, it is called `say`.
const calls = [...callsIn('harness', 't'), ...callsIn('harness/present', 'say')];
const spoken = calls.flatMap(
  ({ call }) => (call.arguments[0] && literals(call.arguments[0])) ?? [],
);
const labTexts = textsIn('labs').flatMap(({ node, text }) => (isLabText(node) ? [text] : []));
const claimTexts = allClaims().flatMap((claim) =>
  claim.verdict === 'holds'
    ? [claim.claim]
    : [claim.claim, claim.kernel, claim.why, ...('since' in claim ? [claim.since] : [])],
);
const everywhere = textsIn('harness').filter(({ file }) => !file.startsWith('harness/texts/'));
const does = everywhere.filter(isDoes).map(({ text }) => text);
const recorded = everywhere.filter(isForPeople).map(({ text }) => text);

/** A title, an explanation, or the title of a step that stands in its call. */
function isLabText({ parent }: ts.Node): boolean {
  if (ts.isPropertyAssignment(parent))
    return ['title', 'explanation'].includes(parent.name.getText());
  return ts.isCallExpression(parent) && parent.expression.getText() === 'step';
}

/** What an example of a command's help does, where that is not a shell's name alone. */
function isDoes({ text, node: { parent } }: Found): boolean {
  const isNamed = ts.isPropertyAssignment(parent) && parent.name.getText() === 'does';
  return isNamed && !SHELLS.some((shell) => shell === text);
}

describe('translated is', () => {
  test('every text that is said', () => {
    expect(spoken.filter((text) => !isKnown(text))).toEqual([]);
    // What is not spelled out was recorded somewhere: its parameters are in it already.
    const computed = calls.filter(({ call }) => {
      const [text, params] = call.arguments;
      return text !== undefined && literals(text) === undefined && params !== undefined;
    });
    expect(computed.map(({ file, call }) => `${file}: ${call.getText()}`)).toEqual([]);
  });

  test('what every example of the help does', () => {
    expect(does.length).toBeGreaterThan(20);
    expect(does.filter((text) => !isKnown(text))).toEqual([]);
  });

  test('every title, explanation and step of the labs', () => {
    expect(labTexts.length).toBeGreaterThan(200);
    expect(labTexts.filter((text) => !isKnown(text))).toEqual([]);
  });

  test('every claim of the documents, and what Linux does', () => {
    expect([...new Set(claimTexts)].filter((text) => !isKnown(text))).toEqual([]);
  });

  test('every text that a run can record or a command can fail with', () => {
    expect(recorded.length).toBeGreaterThan(200);
    expect([...new Set(recorded)].filter((text) => !isKnown(text) && !isPart(text))).toEqual([]);
  });

  test.each(EXAMPLES)('%s', (text) => {
    expect(leftIn(chinese(text))).toEqual([]);
  });
});

describe('a translation', () => {
  test('has the places of its text', () => {
    const places = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    for (const [text, translation] of Object.entries(CHINESE))
      expect([text, places(translation)]).toEqual([text, places(text)]);
  });

  test('stands in one place', () => {
    const all = PARTS.flatMap((part) => Object.keys(part));
    expect(all.filter((text, i) => all.indexOf(text) !== i)).toEqual([]);
  });

  test('is that of a text that there is', () => {
    const texts = [...everywhere.map(({ text }) => text), ...labTexts, ...claimTexts];
    const written = new Set(texts.flatMap((text) => [flat(text), bare(text)]));
    const keys = Object.keys(CHINESE);
    const said = saidIn(EXAMPLES);
    expect(keys.filter((key, i) => !written.has(flat(key)) && !said.has(i))).toEqual([]);
  });
});

/** English that is left in a text: patterns, what is quoted, and what strace or netstat print are none. */
function leftIn(text: string): string[] {
  const prose = text
    .replace(/'[^']*'|"[^"]*"/g, '')
    .replace(/(server|client) > .*/g, '')
    .replace(
      /\((rcv|snd) \w+\)|\w+ Address|PID\/Program name|netstat -n \| awk|npm run .*|uname -a/g,
      '',
    );
  return (
    prose.match(/[a-z]{2,} [a-z]{2,}|\b(the|of|to|in|is|no|not|held|gone|it|its|none|for|by)\b/g) ??
    []
  );
}

/** Which entries of the catalogue are used to say these texts. */
function saidIn(texts: readonly string[]): Set<number> {
  const marked = Object.keys(CHINESE).map((key, i) => {
    const places = (key.match(/\{\w+\}/g) ?? []).join(' ');
    return [key, `<${i}> ${places}`] as const;
  });
  const say = sayFrom(Object.fromEntries(marked));
  return new Set(
    texts.flatMap((text) => [...say(text).matchAll(/<(\d+)>/g)].map(([, i]) => Number(i))),
  );
}
