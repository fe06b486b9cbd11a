import { diff } from '../../tcp/sequence.ts';
import { fieldOf } from './fields.ts';
import { formatDirection } from './format.ts';
import type { Judgement, LineJudgement } from './judge.ts';
import type { Difference } from './results.ts';
import type { Bindings, CarriedSegment, Comparison, Gap, Line } from './types.ts';
import { describeDuration, resolved } from './words.ts';

/** What differs between a line and a segment judged by it, in words. */
export function differences(
  line: Line,
  judgement: LineJudgement,
  carried: CarriedSegment,
  previous: CarriedSegment | undefined,
): Difference[] {
  const found: Difference[] = [];
  const differs = (field: string, expected: string, seen: string): void => {
    found.push({ field, expected, seen });
  };
  if (!judgement.direction) {
    differs('direction', formatDirection(line), formatDirection(carried));
  }
  if (!judgement.flags) {
    differs('flags', `flags [${line.flags.join('|')}]`, `[${carried.segment.flags}]`);
  }
  for (const one of judgement.conditions.filter(({ holds }) => !holds)) {
    differs(one.condition.field, resolved(one.condition, one.wanted), seenText(one, judgement));
  }
  if (!judgement.gap && line.gap && previous) {
    differs('time', describeGap(line.gap), `${describeDuration(carried.t - previous.t)} later`);
  }
  return found;
}

function describeGap({ written, earliest, latest }: Gap): string {
  const from = describeDuration(earliest);
  const range = latest === Infinity ? `${from} or more` : `${from} to ${describeDuration(latest)}`;
  return `${written} (${range} later)`;
}

function seenText({ condition, seen }: Judgement, { bindings }: LineJudgement): string {
  const { field } = condition;
  if (seen === undefined) return `no ${field}`;
  if (fieldOf(field).kind === 'mark') return field;
  const near = condition.kind === 'comparison' ? nearName(condition, seen, bindings) : undefined;
  return `${field}=${seen}${near === undefined ? '' : ` (${near})`}`;
}

/** Beyond this a number has nothing to do with the name: an unscaled window, the largest payload. */
const NEAR = 65_535;

/** The value seen, told by the name that the expected one is told by: `s+2` where it said `s+1`. */
function nearName({ field, terms }: Comparison, seen: number, known: Bindings): string | undefined {
  const [named, ...others] = terms.filter((term) => term.kind !== 'number');
  if (named?.kind !== 'name' || named.sign < 0 || others.length > 0) return undefined;
  const value = known.get(named.name);
  if (value === undefined) return undefined;
  const ahead = fieldOf(field).kind === 'serial' ? diff(seen, value) : seen - value;
  if (Math.abs(ahead) > NEAR) return undefined;
  if (ahead === 0) return named.name;
  return `${named.name}${ahead < 0 ? '-' : '+'}${Math.abs(ahead)}`;
}
