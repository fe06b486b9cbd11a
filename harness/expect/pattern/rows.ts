import { formatDirection } from './format.ts';
import type { Difference, MatchResult } from './results.ts';
import type { CarriedSegment, Side } from './types.ts';
import { describeFields } from './words.ts';
import type { Bases } from './words.ts';

/** A row of evidence; one that decides nothing may be folded away. */
interface Row {
  texts: string[];
  decides: boolean;
}

/** What a result says about one segment. */
interface Mark {
  sign: '✓' | '✗';
  line: number | undefined;
  differences: readonly Difference[];
  decides: boolean;
}

/** Rows left at each end of a fold. Shorter runs than `FOLD_FROM` are not folded. */
const KEPT = 3;
const FOLD_FROM = 12;

/** The rows of evidence under a result: each segment with its mark, event, seconds and numbers. */
export function segmentRows(segments: readonly CarriedSegment[], result: MatchResult): string[] {
  const marks = marksOf(result);
  const tell = teller(segments, marks);
  return fold(segments.map((carried) => tell(carried, marks.get(carried.event))));
}

function marksOf(result: MatchResult): Map<number, Mark> {
  const marks = new Map<number, Mark>();
  if (result.kind === 'impossible') {
    const { candidates, nearest, expected } = result.nearMiss;
    for (const one of candidates) {
      const decides = one.carried.event === nearest?.carried.event;
      const { differences } = one;
      marks.set(one.carried.event, { sign: '✗', line: expected?.line, differences, decides });
    }
  }
  const { events, lines } = matchedIn(result);
  for (const [index, event] of events.entries()) {
    marks.set(event, { sign: '✓', line: lines[index], differences: [], decides: true });
  }
  return marks;
}

function matchedIn(result: MatchResult): { events: number[]; lines: number[] } {
  if (result.kind === 'met') return { events: result.by, lines: result.lines };
  const { matched, lines } = result.kind === 'pending' ? result : result.nearMiss;
  return { events: matched, lines };
}

/** Makes the function that tells a segment in one row, in columns that suit all of them. */
function teller(
  segments: readonly CarriedSegment[],
  marks: ReadonlyMap<number, Mark>,
): (carried: CarriedSegment, mark: Mark | undefined) => Row {
  const bases = basesOf(segments);
  const start = segments[0]?.t ?? 0;
  const seconds = ({ t }: CarriedSegment): string => ((t - start) / 1e9).toFixed(6);
  const labels = width([...marks.values()].map(label));
  const events = width(segments.map(({ event }) => `#${event}`));
  const times = width(segments.map(seconds));
  const flags = width(segments.map(({ segment }) => segment.flags));
  return (carried, mark) => {
    const { event, segment } = carried;
    const front = [
      `${mark?.sign ?? '·'} ${label(mark).padEnd(labels)}`,
      `#${event}`.padEnd(events),
      seconds(carried).padStart(times),
    ].join('  ');
    const fields = describeFields(carried, bases);
    const row = [front, formatDirection(carried), segment.flags.padEnd(flags), fields].join('  ');
    const differences = mark?.differences ?? [];
    const indent = ' '.repeat(front.length + 2);
    const under = differences.map(({ expected, seen }) => `${indent}${expected}, seen ${seen}`);
    return { texts: [row, ...under], decides: mark?.decides ?? false };
  };
}

function label(mark: Mark | undefined): string {
  return mark?.line === undefined ? '' : `line ${mark.line}`;
}

function width(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, text.length), 0);
}

function basesOf(segments: readonly CarriedSegment[]): Bases {
  const bases = new Map<Side, number>();
  for (const { from, segment } of segments) {
    if (!bases.has(from)) bases.set(from, segment.seq);
  }
  return bases;
}

function fold(rows: readonly Row[]): string[] {
  const texts: string[] = [];
  for (let at = 0; at < rows.length;) {
    const next = rows.findIndex((row, index) => index >= at && row.decides);
    const run = rows.slice(at, next < 0 ? rows.length : next);
    texts.push(...foldRun(run), ...(rows[next]?.texts ?? []));
    at += run.length + 1;
  }
  return texts.map((text) => `  ${text}`);
}

function foldRun(run: readonly Row[]): string[] {
  if (run.length < FOLD_FROM) return run.flatMap(({ texts }) => texts);
  const [head, tail] = [run.slice(0, KEPT), run.slice(-KEPT)];
  const folded = `… ${run.length - 2 * KEPT} more segments`;
  return [...head.flatMap(({ texts }) => texts), folded, ...tail.flatMap(({ texts }) => texts)];
}
