import type { Difference, Kinds, Miss, PatternSeen } from '../evidence/expectations.ts';
import {
  conditionInWords,
  describeDuration,
  describeFields,
  describeLine,
  nearName,
  parsePattern,
  PatternError,
  type Bases,
  type CarriedSegment,
  type Item,
  type Line,
  type Pattern,
} from '../expect/segments/pattern.ts';
import type { Packet } from '../history/capture.ts';
import type { History } from '../history/history.ts';
import { flagNames } from '../tcp/frame/flags.ts';
import type { Say } from '../texts/say.ts';
import { directionInWords, flagsInWords, lineWords, segmentInWords } from './segments.ts';

type Params = Kinds['carried']['params'];

/** A pattern that failed, with what stopped it. */
export interface Failed {
  params: Params;
  seen: PatternSeen;
  /** The events that its lines matched, in order. */
  by: readonly number[];
  misses: readonly Miss[];
  nearest?: number;
}

/** A pattern's lines as they are told; as they are where it is none, since a bundle may be anybody's. */
export function patternLines(pattern: string, t: Say): string[] {
  const items = itemsOf(pattern);
  if (items === undefined) return pattern.split('\n').map((line) => line.trim());
  return items.map((item) => itemInWords(item, new Map(), t));
}

function itemsOf(pattern: string): readonly Item[] | undefined {
  try {
    return parsePattern(pattern).items;
  } catch (error) {
    if (error instanceof PatternError) return undefined;
    throw error;
  }
}

const itemInWords = (item: Item, known: ReadonlyMap<string, number>, t: Say): string =>
  item.kind === 'between' ? '...' : describeLine(item, known, lineWords(t));

/**
 * A pattern in short, for who has the ladder before him: `client SYN, server SYN+ACK, client ACK`. The same
 * line several times in a row is told once.
 */
export function patternInShort(pattern: string, t: Say): string {
  const short = itemsOf(pattern)?.map((item) => inShort(item, t)) ?? patternLines(pattern, t);
  const runs: { text: string; n: number }[] = [];
  for (const text of short) {
    const last = runs.at(-1);
    if (last?.text === text) last.n++;
    else runs.push({ text, n: 1 });
  }
  return runs
    .map(({ text, n }) => (n === 1 ? text : t('{what} ({n} times)', { what: text, n })))
    .join(t(', '));
}

function inShort(item: Item, t: Say): string {
  if (item.kind === 'between') return '...';
  const { from, flags, min, max } = item;
  const { flags: named } = lineWords(t);
  const what = t('{host} {flags}', { host: t(from), flags: named(flags) });
  if (min === 1 && max === 1) return what;
  if (max === Infinity)
    return min <= 1
      ? t('{what} (once or more)', { what })
      : t('{what} ({n} times or more)', { what, n: min });
  if (min === 0 && max === 1) return t('{what} (or not)', { what });
  return t('{what} ({n} times)', { what, n: min === max ? min : `${min}..${max}` });
}

/** What stands where a pattern breaks, and which of its lines should stand there. */
export function missedInWords(one: Failed, history: History, t: Say): string {
  return t("{seen}, in the {host}'s capture", {
    seen: brokenBy(one, history, t),
    host: t(one.seen.capture),
  });
}

function brokenBy({ params, seen, misses, nearest }: Failed, history: History, t: Say): string {
  const pattern = parsePattern(params.pattern);
  const { expected, names } = seen;
  const miss = misses[nearest ?? -1];
  const there = miss && seenAt(miss.event, history, t);
  if (expected === undefined) return t('also {line}', { line: there ?? t('nothing') });
  const line = lineAt(pattern, expected.line);
  const text = line === undefined ? '' : itemInWords(line, bindingsOf(names), t);
  const n = expected.line;
  // A pattern of one line has just been told.
  if (pattern.items.length === 1) {
    if (there === undefined) return t('nothing');
    return misses.length > 1 ? t('nothing, the nearest being {line}', { line: there }) : there;
  }
  if (there === undefined) return t('nothing for line {n}, {line}', { n, line: text });
  return misses.length > 1
    ? t('nothing for line {n}, {line}, the nearest being {nearest}', {
        n,
        line: text,
        nearest: there,
      })
    : t('{line} instead of line {n}, {other}', { n, line: there, other: text });
}

/**
 * The evidence below it: each segment with its mark (✓ matched, ✗ stood where another was expected,
 * with what differs; · not compared, or passed by `...`), then the pattern's lines that nothing matched
 * (…). Long runs of segments that decide nothing are folded. Numbers in brackets count from each side's
 * first `seq`.
 */
export function evidenceInWords(one: Failed, until: number, history: History, t: Say): string[] {
  const { flow, repeats, pattern } = one.params;
  const segments = history.captures[one.seen.capture]
    .of(flow)
    .filter(({ event, repetition }) => event < until && (repeats || repetition === undefined));
  const { leftOut } = one.seen;
  return [
    ...segmentRows(segments, one, t),
    ...linesToCome(parsePattern(pattern), one, t),
    ...(leftOut === 0 ? [] : [leftOutInWords(leftOut, t)]),
  ];
}

export const leftOutInWords = (n: number, t: Say): string =>
  t('(left out: {n} that repeat an earlier segment)', { n });

function seenAt(event: number, history: History, t: Say): string | undefined {
  const packet = packetAt(event, history);
  return packet && segmentInWords(packet, t);
}

export function packetAt(event: number, history: History): Packet | undefined {
  const at = history.events[event];
  if (at?.type !== 'packet') return undefined;
  const { packets } = history.captures[at.host];
  // They are in the order of their events.
  let [low, high] = [0, packets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((packets[middle]?.event ?? Infinity) < event) low = middle + 1;
    else high = middle;
  }
  return packets[low]?.event === event ? packets[low] : undefined;
}

const lineAt = ({ items }: Pattern, number: number): Line | undefined =>
  items.find((item): item is Line => item.kind === 'line' && item.line === number);

const bindingsOf = (names: Record<string, number>): ReadonlyMap<string, number> =>
  new Map(Object.entries(names));

/** A row of evidence; one that decides nothing may be folded away. */
interface Row {
  texts: string[];
  decides: boolean;
}

/** What a result says about one segment. */
interface Mark {
  sign: '✓' | '✗';
  line: number | undefined;
  differs: readonly string[];
  decides: boolean;
}

/** Rows left at each end of a fold. Shorter runs than `FOLD_FROM` are not folded. */
const KEPT = 3;
const FOLD_FROM = 12;

function segmentRows(segments: readonly Packet[], one: Failed, t: Say): string[] {
  const marks = marksOf(one, t);
  const tell = teller(segments, marks, t);
  const rows = segments.map((carried) => tell(carried, marks.get(carried.event)));
  return fold(rows, t);
}

function marksOf({ params, seen, by, misses, nearest }: Failed, t: Say): Map<number, Mark> {
  const line = lineAt(parsePattern(params.pattern), seen.expected?.line ?? 0);
  const marks = new Map<number, Mark>();
  for (const [i, { event, differs }] of misses.entries()) {
    const words = line === undefined ? [] : differs.map((d) => differenceInWords(d, line, seen, t));
    const decides = i === nearest;
    marks.set(event, { sign: '✗', line: seen.expected?.line, differs: words, decides });
  }
  for (const [i, event] of by.entries())
    marks.set(event, { sign: '✓', line: seen.lines[i], differs: [], decides: true });
  return marks;
}

/** What was asked, and what was there: `ack=x+1 (1001), seen ack=1003 (x+3)`. */
function differenceInWords(
  { field, expected, seen }: Difference,
  line: Line,
  { names }: PatternSeen,
  t: Say,
): string {
  const say = (what: string, there: string): string =>
    t('{what}, seen {seen}', { what, seen: there });
  if (field === 'direction') return say(hostsInWords(expected, t), hostsInWords(seen, t));
  if (field === 'flags') return say(flagsInWords(text(expected), t), flagsInWords(text(seen), t));
  if (field === 'time') {
    const later = t('{time} later', { time: describeDuration(Number(seen)) });
    return say(gapInWords(line, t), later);
  }
  const [written, wanted] = expected as [string, number?];
  const condition = line.conditions.find((one) => conditionInWords(one).written === written);
  const asked = condition === undefined ? written : conditionInWords(condition, wanted).words;
  if (seen === null) return say(asked, t('no {field}', { field }));
  if (condition?.kind === 'presence')
    return say(condition.present ? asked : t('no {field}', { field: condition.field }), field);
  const near =
    condition === undefined ? undefined : nearName(condition, Number(seen), bindingsOf(names));
  return say(asked, `${field}=${text(seen)}${near === undefined ? '' : ` (${near})`}`);
}

function gapInWords({ gap }: Line, t: Say): string {
  if (gap === undefined) return '';
  const time = describeDuration(gap.earliest);
  return gap.latest === Infinity
    ? t('{gap} ({time} or more later)', { gap: gap.written, time })
    : t('{gap} ({time} to {later} later)', {
        gap: gap.written,
        time,
        later: describeDuration(gap.latest),
      });
}

/** `server > client`, as it is recorded. */
const hostsInWords = (direction: unknown, t: Say): string =>
  text(direction)
    .split(' > ')
    .map((host) => (host === 'server' || host === 'client' ? t(host) : host))
    .join(' > ');

const text = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** Makes the function that tells a segment in one row, in columns that suit all of them. */
function teller(
  segments: readonly CarriedSegment[],
  marks: ReadonlyMap<number, Mark>,
  t: Say,
): (carried: CarriedSegment, mark: Mark | undefined) => Row {
  const bases = basesOf(segments);
  const start = segments[0]?.t ?? 0;
  const seconds = ({ t: at }: CarriedSegment): string => ((at - start) / 1e9).toFixed(6);
  const label = (mark: Mark | undefined): string =>
    mark?.line === undefined ? '' : t('line {n}', { n: mark.line });
  const labels = width([...marks.values()].map(label));
  const events = width(segments.map(({ event }) => `#${event}`));
  const times = width(segments.map(seconds));
  const flags = width(segments.map(({ segment }) => flagNames(segment.flags)));
  return (carried, mark) => {
    const { event, segment } = carried;
    const front = [
      `${mark?.sign ?? '·'} ${label(mark).padEnd(labels)}`,
      `#${event}`.padEnd(events),
      seconds(carried).padStart(times),
    ].join('  ');
    const fields = describeFields(carried, bases);
    const named = flagNames(segment.flags).padEnd(flags);
    const row = [front, directionInWords(carried, t), named, fields].join('  ');
    const indent = ' '.repeat(front.length + 2);
    const under = (mark?.differs ?? []).map((difference) => `${indent}${difference}`);
    return { texts: [row, ...under], decides: mark?.decides ?? false };
  };
}

const width = (texts: readonly string[]): number =>
  texts.reduce((most, one) => Math.max(most, one.length), 0);

function basesOf(segments: readonly CarriedSegment[]): Bases {
  const bases = new Map<CarriedSegment['from'], number>();
  for (const { from, segment } of segments) {
    if (!bases.has(from)) bases.set(from, segment.seq);
  }
  return bases;
}

function fold(rows: readonly Row[], t: Say): string[] {
  const texts: string[] = [];
  for (let at = 0; at < rows.length;) {
    const next = rows.findIndex((row, index) => index >= at && row.decides);
    const run = rows.slice(at, next < 0 ? rows.length : next);
    texts.push(...foldRun(run, t), ...(rows[next]?.texts ?? []));
    at += run.length + 1;
  }
  return texts;
}

function foldRun(run: readonly Row[], t: Say): string[] {
  if (run.length < FOLD_FROM) return run.flatMap(({ texts }) => texts);
  const [head, tail] = [run.slice(0, KEPT), run.slice(-KEPT)];
  const folded = t('… {n} more segments', { n: run.length - 2 * KEPT });
  return [...head.flatMap(({ texts }) => texts), folded, ...tail.flatMap(({ texts }) => texts)];
}

function linesToCome({ items }: Pattern, { seen, misses }: Failed, t: Say): string[] {
  const known = bindingsOf(seen.names);
  const { expected } = seen;
  // The last line that a segment's row shows, matched or not.
  const tried = expected === undefined ? Infinity : expected.line - (misses.length > 0 ? 0 : 1);
  return items
    .filter(({ line }) => line > tried)
    .map((item) => t('… line {n}  {line}', { n: item.line, line: itemInWords(item, known, t) }));
}
