import { HOSTS, type EventOf, type HostName, type LabEvent } from '../evidence/events.ts';
import { senderIn, type Flow } from './connection.ts';
import {
  failed,
  met,
  pending,
  PATIENCE,
  type Evaluation,
  type Expectation,
} from './expectation.ts';
import { span } from './format.ts';
import {
  describeSegment,
  explain,
  findSegments,
  matchPattern,
  parsePattern,
  type CarriedSegment,
  type MatchResult,
  type Pattern,
} from './pattern.ts';

export type Link = Record<HostName, { address: string }>;

const isPacket = (event: LabEvent): event is EventOf<'packet'> => event.type === 'packet';

/** The segments of a flow in one host's capture, in its order. */
export function carried(
  events: readonly LabEvent[],
  host: HostName,
  flow: Flow,
  link: Link,
): CarriedSegment[] {
  return events.filter(isPacket).flatMap((event) => {
    if (event.host !== host || event.segment === undefined) return [];
    const from = senderIn(event.segment, flow, link.server.address);
    return from === undefined
      ? []
      : [{ event: event.seq, t: event.t, from, segment: event.segment }];
  });
}

export interface CarriedOptions {
  within?: number;
  /** The pattern is all that the flow ever carried, from its first segment to the last. */
  whole?: boolean;
}

/**
 * Both captures hold the pattern: the same segments with the same names bound. Without `whole`
 * it may begin at any segment of the flow.
 */
export function carries(
  flow: Flow,
  link: Link,
  text: string,
  { within = PATIENCE, whole = false }: CarriedOptions = {},
): Expectation<Record<string, number>> {
  const pattern = parsePattern(text);
  const lines = text
    .trim()
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '));
  return {
    text: `${whole ? 'nothing but ' : ''}${lines.join(' / ')}`,
    within,
    watches: [],
    evaluate: ({ events, over }) => {
      const found: { bindings: Record<string, number>; by: number[] } = { bindings: {}, by: [] };
      for (const host of HOSTS) {
        const segments = carried(events, host, flow, link);
        const result = whole
          ? matchPattern(pattern, segments, {
              anchored: true,
              bindings: found.bindings,
              complete: over,
            })
          : search(pattern, segments, found.bindings, over);
        if (result.kind !== 'met' || (whole && !over)) {
          // What comes later may hold the pattern yet, unless it had to begin with the first segment.
          return over || (whole && result.kind === 'impossible')
            ? unmet(host, pattern, segments, result)
            : pending;
        }
        found.bindings = result.bindings;
        found.by.push(...result.by);
      }
      const names = Object.entries(found.bindings).map(([name, value]) => `${name}=${value}`);
      const seen = ['it in both captures', ...names].join(', ');
      return met(found.bindings, seen, found.by);
    },
  };
}

/** Tries every segment as the pattern's first; of those that fail, the furthest says what is missing. */
function search(
  pattern: Pattern,
  segments: CarriedSegment[],
  bindings: Record<string, number>,
  complete: boolean,
): MatchResult {
  let best = matchPattern(pattern, segments, { bindings, complete });
  for (let first = 1; first < segments.length && best.kind !== 'met'; first++) {
    const result = matchPattern(pattern, segments.slice(first), { bindings, complete });
    if (result.kind === 'met' || progress(result) > progress(best)) best = result;
  }
  return best;
}

const progress = (result: MatchResult): number =>
  result.kind === 'impossible' ? result.nearMiss.matched.length : result.kind === 'met' ? Infinity : result.matched.length;

function unmet(
  host: HostName,
  pattern: Pattern,
  segments: CarriedSegment[],
  result: MatchResult,
): Evaluation<never> {
  const [reason = '', ...details] = explain(pattern, segments, result).split('\n');
  const by = result.kind === 'impossible' ? result.nearMiss.matched : [];
  return failed(`in the ${host}'s capture: ${reason}`, by, details);
}

/**
 * No segment of the flow that looks like the pattern's one line, in either capture, for `ms` from
 * now: met when that time has passed, failed at once when one comes.
 */
export function silence(flow: Flow, link: Link, line: string, ms: number): Expectation<undefined> {
  const pattern = parsePattern(line);
  return {
    text: `no '${line.trim()}' for ${span(ms)}`,
    within: ms,
    watches: [],
    evaluate: ({ events, from, over }) => nothing(events.slice(from), over),
  };

  function nothing(events: readonly LabEvent[], over: boolean): Evaluation<undefined> {
    for (const host of HOSTS) {
      const [segment] = findSegments(pattern, carried(events, host, flow, link));
      if (segment !== undefined) {
        return failed(`${describeSegment(segment)} (${host}'s capture)`, [segment.event]);
      }
    }
    return over ? met(undefined, 'none', []) : pending;
  }
}

/** No such segment in either capture from the beginning of the run until now. */
export function never(flow: Flow, link: Link, line: string): Expectation<undefined> {
  const { evaluate } = silence(flow, link, line, 0);
  return {
    text: `never a '${line.trim()}'`,
    within: 0,
    watches: [],
    evaluate: (view) => (view.over ? evaluate({ ...view, from: 0 }) : pending),
  };
}
