/** No text of ours is without a translation, and no translation without a text. */
import { beforeAll, describe, expect, test } from 'vitest';
import { allClaims } from '../catalogue/claims.ts';
import { SHELLS } from '../cli/command-line.ts';
import { EXAMPLES } from '../cli/help.ts';
import { EDGES, LINUX_EDGES } from '../tcp/states/edges.ts';
import { allSaid, labTexts, type Said } from './said.fixture.ts';
import { CHINESE, PARTS } from './zh/index.ts';

const flat = (text: string): string => text.trim().replace(/\s+/g, ' ');
const known = new Set(Object.keys(CHINESE).map(flat));
/** Without a word in it, it is the same in every language: a state, a flag, a header's name. */
const hasWords = (text: string): boolean => /[a-z]{2}/.test(text.replace(/\{\w+\}/g, ''));
const untranslated = (texts: readonly string[]): string[] =>
  [...new Set(texts)].filter((text) => hasWords(text) && !known.has(flat(text)));

const claimTexts = allClaims().flatMap((claim) =>
  claim.verdict === 'holds'
    ? [claim.claim]
    : [claim.claim, claim.kernel, claim.why, ...('since' in claim ? [claim.since] : [])],
);
const helpTexts = Object.values(EXAMPLES)
  .flat()
  .map(({ does }) => does)
  .filter((does) => !SHELLS.some((shell) => shell === does));
const edgeTexts = [...EDGES, ...LINUX_EDGES].flatMap(({ linux }) => linux?.does ?? []);
const headings = ['Usage:', 'Arguments:', 'Options:', 'Commands:'];

/** Texts that stand in data, and where they are said: by its name a type does not tell them. */
const DATA: Readonly<Record<string, readonly string[]>> = {
  'what labs say of themselves': [
    'harness/cli/completion/completion.ts: title',
    'harness/cli/list/list.ts: section',
    'harness/cli/list/list.ts: title',
    'harness/cli/run/walk/allowed.ts: notWalkable',
    'harness/present/machine/github-summary.ts: lab.title',
    "harness/present/page/header.tsx: about?.title ?? ''",
    'harness/present/page/index-html.ts: title',
    'harness/present/page/inspector/event-words.ts: event.title',
    'harness/present/page/side/summary.tsx: tidy(lab.explanation)',
    'harness/present/page/side/summary.tsx: tidy(lab.notice)',
    'harness/present/terminal/ladder/live.ts: run.title',
    'harness/present/terminal/text.ts: lab.explanation',
    'harness/present/terminal/text.ts: notice',
    'harness/present/terminal/text.ts: run.title',
    // What a lab calls its steps is told where it does.
    'harness/vocabulary/testbed.ts: text',
  ],
  'what the documents claim': [
    ...['claim', 'kernel', 'since', 'why'].flatMap((name) => [
      `harness/present/page/side/background.tsx: ${name}`,
      `harness/present/terminal/claims-text.ts: claim.${name}`,
      `harness/present/terminal/text.ts: ${name}`,
    ]),
  ],
  'what Linux does instead of an edge': [
    "harness/present/page/state-diagram/legend.tsx: edgeOf('LISTEN -> SYN-SENT').linux?.does ?? ''",
    'harness/present/terminal/coverage-text.ts: edge.linux.does',
  ],
  "commander's headings, and what examples of the help do": [
    'harness/cli/help.ts: does',
    'harness/cli/help.ts: title',
  ],
};

/** Names of our own, which are not translated: of operations, kinds, events, files and timers. */
const NAMES = [
  "harness/backend/agent-client.ts: '{op}: {why}'",
  `harness/backend/agent-client.ts: "the {host} to answer '{op}'"`,
  "harness/invariants/programs.ts: 'program {n}: {type}'",
  `harness/run/judge.ts: "'{what}' is undecided after its time is over"`,
  `harness/run/replay-session.ts: "'expect {what}'"`,
  "harness/run/replay-session.ts: 'expects {what}'",
  "harness/run/replay-session.ts: 'does {name} at the {host}'",
  "harness/run/replay-session.ts: '{name} at the {host}'",
  "harness/vocabulary/session.ts: 'expectation {n} ({name}) failed'",
  "harness/vocabulary/session.ts: '{op}: {why}'",
  "harness/present/page/fields/frame-bytes.tsx: '{host}.pcap, frame {n}'",
  "harness/present/page/fields/frame-bytes.tsx: 'also {host}.pcap, frame {n}'",
  "harness/words/sockets.ts: 'timer {name} {time}'",
];

let said: Said[];
// Idle it takes a quarter of a minute.
beforeAll(() => {
  said = allSaid();
}, 240_000);

describe('translated is', () => {
  test('every text that is said or told', () => {
    expect(said.length).toBeGreaterThan(1000);
    expect(untranslated(said.flatMap(({ texts = [] }) => texts))).toEqual([]);
  });

  test('and what stands in its places', () => {
    const bare = said.filter(({ words }) => words.some((word) => known.has(flat(word))));
    expect([...new Set(bare.map(({ where }) => where))].sort()).toEqual([...NAMES].sort());
  });

  test('each as its type tells it, unless it stands in data', () => {
    const untold = said.filter(({ texts }) => texts === undefined).map(({ where }) => where);
    expect([...new Set(untold)].sort()).toEqual(Object.values(DATA).flat().sort());
  });

  test('what examples of the help do, and its headings', () => {
    expect(helpTexts.length).toBeGreaterThan(20);
    expect(untranslated([...helpTexts, ...headings])).toEqual([]);
  });

  test('what the labs say of themselves', () => {
    expect(labTexts().length).toBeGreaterThan(90);
    expect(untranslated(labTexts())).toEqual([]);
  });

  test('every claim of the documents, and what Linux does', () => {
    expect(untranslated([...claimTexts, ...edgeTexts])).toEqual([]);
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
    const spoken = said.flatMap(({ texts = [] }) => texts);
    const data = [...labTexts(), ...claimTexts, ...edgeTexts, ...helpTexts, ...headings];
    const texts = new Set([...spoken, ...data].map(flat));
    expect(Object.keys(CHINESE).filter((key) => !texts.has(flat(key)))).toEqual([]);
  });
});
