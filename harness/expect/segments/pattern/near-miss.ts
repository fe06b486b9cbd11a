import { differences } from './differences.ts';
import { judge } from './judge.ts';
import type { Candidate, NearMiss } from './results.ts';
import type { MatchedLine, State } from './state.ts';
import type { CarriedSegment, Line, Pattern } from './types.ts';

/** The events matched on the way to a state and the pattern's lines that they matched, in order. */
export function matchedBy(state: State): { events: number[]; lines: number[] } {
  const matched: MatchedLine[] = [];
  for (let one = state.trail; one; one = one.before) matched.push(one);
  matched.reverse();
  return {
    events: matched.map(({ carried }) => carried.event),
    lines: matched.map(({ line }) => line.line),
  };
}

/** Tells what was expected where the search failed, and what stood there instead. */
export function nearMiss(
  pattern: Pattern,
  segments: readonly CarriedSegment[],
  state: State,
): NearMiss {
  const { events: matched, lines } = matchedBy(state);
  const known = { matched, lines, bindings: Object.fromEntries(state.bindings) };
  const item = pattern.items[state.item];
  if (item?.kind !== 'line') {
    const more = segments.slice(state.at, state.at + 1);
    return { ...known, candidates: more.map((carried) => ({ carried, differs: [] })) };
  }
  return {
    ...known,
    expected: { line: item.line },
    candidates: candidatesFor(pattern, segments, state).map((carried) =>
      tryOn(item, carried, state),
    ),
  };
}

function tryOn(line: Line, carried: CarriedSegment, { trail, bindings }: State): Candidate {
  const judgement = judge(line, carried, trail?.carried, bindings);
  return { carried, differs: differences(line, judgement, carried, trail?.carried) };
}

/** After `...`, every segment since the last match could have been the one; otherwise only one. */
function candidatesFor(
  pattern: Pattern,
  segments: readonly CarriedSegment[],
  state: State,
): readonly CarriedSegment[] {
  const before = pattern.items.slice(0, state.item);
  const previous = before.findLast((item) => item.kind === 'between' || item.min > 0);
  const anywhere = previous?.kind === 'between' && state.times === 0;
  if (!anywhere) return segments.slice(state.at, state.at + 1);
  return segments.slice(state.trail ? state.trail.at + 1 : 0);
}
