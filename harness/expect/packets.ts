import { HOSTS, type HostName } from '../evidence/events.ts';
import {
  failed,
  met,
  pending,
  PATIENCE,
  type Evaluation,
  type Expectation,
} from './expectation.ts';
import { carried, withoutRepeats, type Link } from './carried.ts';
import type { Flow } from '../history/connection.ts';
import {
  describeSegment,
  explain,
  matchPattern,
  parsePattern,
  type CarriedSegment,
  type MatchResult,
  type Pattern,
} from './pattern.ts';

export interface CarriedOptions {
  within?: number;
  /** The pattern is all that the flow ever carried, from its first segment to the last. */
  whole?: boolean;
  /** Segments that repeat others count too; they are left out otherwise. */
  repeats?: boolean;
}

export interface Carried {
  /** The pattern's names and their values. */
  names: Record<string, number>;
  /** How many segments of the server's capture the pattern matched. */
  segments: number;
}

/**
 * Both captures hold the pattern: the same segments with the same names bound. Without `whole`
 * it may begin at any segment of the flow.
 */
export function carries(
  flow: Flow,
  link: Link,
  text: string,
  { within = PATIENCE, whole = false, repeats = false }: CarriedOptions = {},
): Expectation<Carried> {
  const pattern = parsePattern(text);
  const hosts = whereItIs(pattern);
  return {
    text: `on the wire ${whole ? 'nothing but ' : ''}${inOneLine(text)}`,
    within,
    watches: [],
    heeds: ['packet'],
    evaluate: ({ events, over }) => {
      let names: Record<string, number> = {};
      const by: Record<HostName, number[]> = { server: [], client: [] };
      for (const host of hosts) {
        const all = carried(events, host, flow, link);
        const segments = repeats ? all : withoutRepeats(all);
        const options = { bindings: names, complete: over };
        const result = whole
          ? matchPattern(pattern, segments, { ...options, anchored: true })
          : search(pattern, segments, options);
        // More may come: only what is whole can be broken, or unbroken, before its time is over.
        const decided = over || (whole ? result.kind === 'impossible' : result.kind === 'met');
        if (!decided) return pending;
        if (result.kind !== 'met') return unmet(host, pattern, segments, result, all.length);
        names = result.bindings;
        by[host] = result.by;
      }
      const bound = Object.entries(names).map(([name, value]) => `${name}=${value}`);
      const seen = [hosts.length > 1 ? 'it in both captures' : 'it', ...bound].join(', ');
      return met({ names, segments: by[hosts[0] ?? 'server'].length }, seen, [
        ...by.server,
        ...by.client,
      ]);
    },
  };
}

/** Both captures, or that of the one host which talks to itself. */
function whereItIs({ items }: Pattern): readonly HostName[] {
  const lines = items.filter((item) => item.kind === 'line');
  if (!lines.every(({ inside }) => inside)) return HOSTS;
  return [...new Set(lines.map(({ from }) => from))];
}

const inOneLine = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .join(' / ');

/** Tries every segment as the pattern's first; of those that fail, the furthest says what is missing. */
function search(
  pattern: Pattern,
  segments: CarriedSegment[],
  options: { bindings: Record<string, number>; complete: boolean },
): MatchResult {
  let best = matchPattern(pattern, segments, options);
  for (let first = 1; first < segments.length && best.kind !== 'met'; first++) {
    const result = matchPattern(pattern, segments.slice(first), options);
    if (progress(result) > progress(best)) best = result;
  }
  return best;
}

function progress(result: MatchResult): number {
  if (result.kind === 'met') return Infinity;
  return (result.kind === 'impossible' ? result.nearMiss.matched : result.matched).length;
}

function unmet(
  host: HostName,
  pattern: Pattern,
  segments: CarriedSegment[],
  result: Exclude<MatchResult, { kind: 'met' }>,
  carriedInAll: number,
): Evaluation<never> {
  const [, ...rows] = explain(pattern, segments, result).split('\n');
  const left = carriedInAll - segments.length;
  const note = left === 0 ? [] : [`(left out: ${left} that repeat an earlier segment)`];
  const by = result.kind === 'impossible' ? result.nearMiss.matched : result.matched;
  const details = [...rows.map((row) => row.replace(/^ {2}/, '')), ...note];
  return failed(`${missed(pattern, result)}, in the ${host}'s capture`, by, details);
}

/** What stands where the pattern breaks, and which of its lines should stand there. */
function missed(pattern: Pattern, result: Exclude<MatchResult, { kind: 'met' }>): string {
  // A pattern of one line has just been told.
  const line = (how: string, number: number, text: string): string =>
    pattern.items.length === 1 ? '' : ` ${how} line ${number}, ${text}`;
  if (result.kind === 'pending') return `nothing${line('for', result.line, result.missing)}`;
  const { expected, nearest, candidates } = result.nearMiss;
  const seen = nearest === undefined ? 'nothing' : oneLine(describeSegment(nearest.carried));
  if (expected === undefined) return `also ${seen}`;
  if (nearest === undefined) return `nothing${line('for', expected.line, expected.text)}`;
  return candidates.length > 1
    ? `nothing${line('for', expected.line, expected.text)}, the nearest being ${seen}`
    : `${seen}${line('instead of', expected.line, expected.text)}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
