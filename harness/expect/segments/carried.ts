import { HOSTS, type HostName } from '../../evidence/events.ts';
import type { Miss } from '../../evidence/expectations.ts';
import type { Packet } from '../../history/capture.ts';
import type { Flow } from '../../history/connection.ts';
import type { History } from '../../history/history.ts';
import {
  failed,
  met,
  pending,
  PATIENCE,
  type Evaluation,
  type Expectation,
} from '../expectation.ts';
import {
  checkNames,
  formatPattern,
  Matcher,
  parsePattern,
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

export interface PatternFound {
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
  text: string,
  { within = PATIENCE, whole = false, repeats = false }: CarriedOptions = {},
): Expectation<PatternFound, 'carried'> {
  // What is recorded has no comments and no blank lines: its lines count from there.
  const written = parsePattern(text);
  checkNames(written, new Map());
  const pattern = parsePattern(formatPattern(written));
  return {
    kind: 'carried',
    params: { flow, pattern: pattern.text, whole, repeats },
    within,
    watches: [],
    heeds: ['packet'],
    stated: ({ history }) => {
      const hosts = capturesOf(pattern);
      const matches: Match[] = [];
      return (over) => {
        let names: Record<string, number> = {};
        for (const [i, host] of hosts.entries()) {
          const match = (matches[i] ??= new Match(
            pattern,
            new Segments(history, host, flow, repeats),
            names,
            whole,
          ));
          const result = match.result(over);
          // More may come: only what is whole can be broken, or unbroken, before its time is over.
          const decided = over || (whole ? result.kind === 'impossible' : result.kind === 'met');
          if (!decided) return pending;
          if (result.kind !== 'met') return unmet(host, result, match.segments);
          names = result.bindings;
        }
        const found = matches.flatMap(({ found }) => (found === undefined ? [] : [found]));
        const seen = {
          names,
          captures: [...hosts],
          leftOut: matches.map(({ segments }) => segments.leftOut),
        };
        const segments = found[0]?.by.length ?? 0;
        return met(
          { names, segments },
          seen,
          found.flatMap(({ by }) => by),
        );
      };
    },
  };
}

/** Both captures, or that of the one host which talks to itself. */
function capturesOf({ items }: Pattern): readonly HostName[] {
  const lines = items.filter((item) => item.kind === 'line');
  if (!lines.every(({ inside }) => inside)) return HOSTS;
  return [...new Set(lines.map(({ from }) => from))];
}

/** The segments of a flow in one capture, each looked at once; without those that repeat others. */
class Segments {
  readonly kept: Packet[] = [];
  leftOut = 0;
  readonly #all: () => readonly Packet[];
  readonly #repeats: boolean;
  #next = 0;

  constructor(history: History, host: HostName, flow: Flow, repeats: boolean) {
    this.#all = () => history.captures[host].of(flow);
    this.#repeats = repeats;
  }

  update(): void {
    const all = this.#all();
    for (; this.#next < all.length; this.#next++) {
      const packet = all[this.#next];
      if (packet === undefined) continue;
      if (packet.repetition !== undefined && !this.#repeats) this.leftOut++;
      else this.kept.push(packet);
    }
  }
}

/** A pattern held against one capture while it grows. */
class Match {
  readonly segments: Segments;
  found?: Extract<MatchResult, { kind: 'met' }>;
  readonly #matcher: Matcher;

  constructor(pattern: Pattern, segments: Segments, names: Record<string, number>, whole: boolean) {
    this.segments = segments;
    // Without `whole` any number of segments may come before it.
    const items = whole ? pattern.items : [{ kind: 'between', line: 0 } as const, ...pattern.items];
    const options = { bindings: names, anchored: whole };
    this.#matcher = new Matcher({ ...pattern, items }, segments.kept, options);
  }

  result(complete: boolean): MatchResult {
    this.segments.update();
    const result = this.#matcher.result(complete);
    if (result.kind === 'met') this.found = result;
    return result;
  }
}

function unmet(
  capture: HostName,
  { nearMiss }: Exclude<MatchResult, { kind: 'met' }>,
  { leftOut }: Segments,
): Evaluation<never, 'carried'> {
  const { matched, lines, bindings, expected, candidates } = nearMiss;
  const misses: Miss[] = candidates.map(({ carried, differs }) => ({
    event: carried.event,
    differs,
  }));
  const seen = { capture, lines, names: bindings, leftOut, ...(expected && { expected }) };
  return failed<'carried'>(seen, matched, misses);
}
