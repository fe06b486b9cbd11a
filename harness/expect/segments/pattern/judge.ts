import { add, diff } from '../../../tcp/sequence.ts';
import { bindingName } from './conditions.ts';
import { fieldOf } from './fields.ts';
import type {
  Bindings,
  CarriedSegment,
  Comparison,
  Condition,
  Gap,
  Line,
  Operator,
  Term,
} from './types.ts';

/** How a segment compares with one condition of a line. */
export interface Judgement {
  condition: Condition;
  holds: boolean;
  /** The value that the condition asks for; undefined where it asks for presence or is unknown. */
  wanted: number | undefined;
  /** The value in the segment; undefined where the field is not there. */
  seen: number | undefined;
}

/** How a segment compares with a whole line. */
export interface LineJudgement {
  direction: boolean;
  flags: boolean;
  gap: boolean;
  conditions: readonly Judgement[];
  /** Names bound so far, those of this line included. */
  bindings: Bindings;
  /** In how many fields they differ: the direction, the flags, the time and each condition. */
  fields: number;
  /** 0 where the segment is what the line says; otherwise the more, the less alike they are. */
  distance: number;
}

/** A segment in the wrong direction is less like the one expected than one with a wrong number. */
const WEIGHT = { direction: 3, flags: 2, gap: 1, condition: 1 };

/** Compares a segment with a line. `previous` is the segment that the pattern matched before. */
export function judge(
  line: Line,
  carried: CarriedSegment,
  previous: CarriedSegment | undefined,
  bindings: Bindings,
): LineJudgement {
  const direction = line.from === carried.from && line.inside === (carried.inside ?? false);
  const flags = line.flags.length === 0 || line.flags.includes(carried.segment.flags);
  const gap = !line.gap || !previous || within(line.gap, carried.t - previous.t);
  let known = bindings;
  const conditions: Judgement[] = [];
  for (const condition of line.conditions) {
    const judgement = judgeCondition(condition, carried, known);
    const name = judgement.holds ? newName(condition, known) : undefined;
    if (name !== undefined && judgement.seen !== undefined) {
      known = new Map(known).set(name, judgement.seen);
    }
    conditions.push(judgement);
  }
  const unmet = conditions.filter(({ holds }) => !holds).length;
  const fields = [direction, flags, gap].filter((fits) => !fits).length + unmet;
  const distance =
    (direction ? 0 : WEIGHT.direction) +
    (flags ? 0 : WEIGHT.flags) +
    (gap ? 0 : WEIGHT.gap) +
    unmet * WEIGHT.condition;
  return { direction, flags, gap, conditions, bindings: known, fields, distance };
}

function within(gap: Gap, ns: number): boolean {
  return ns >= gap.earliest && ns <= gap.latest;
}

function judgeCondition(condition: Condition, carried: CarriedSegment, known: Bindings): Judgement {
  const seen = fieldOf(condition.field).read(carried.segment);
  if (condition.kind === 'presence') {
    return {
      condition,
      holds: (seen !== undefined) === condition.present,
      wanted: undefined,
      seen,
    };
  }
  if (newName(condition, known) !== undefined) {
    return { condition, holds: seen !== undefined, wanted: seen, seen };
  }
  const wanted = evaluate(condition, carried, known);
  const holds = seen !== undefined && wanted !== undefined && compare(condition, seen, wanted);
  return { condition, holds, wanted, seen };
}

/** The name that a condition binds here, because it is not known yet. */
function newName(condition: Condition, known: Bindings): string | undefined {
  const name = condition.kind === 'comparison' ? bindingName(condition) : undefined;
  return name !== undefined && !known.has(name) ? name : undefined;
}

/** What the terms come to; undefined where a name is not bound or the segment lacks a field. */
export function evaluate(
  { field, terms }: Comparison,
  carried: CarriedSegment | undefined,
  known: Bindings,
): number | undefined {
  let sum = 0;
  for (const term of terms) {
    const value = operand(term, carried, known);
    if (value === undefined) return undefined;
    sum += term.sign * value;
  }
  return fieldOf(field).kind === 'serial' ? add(sum, 0) : sum;
}

function operand(
  term: Term,
  carried: CarriedSegment | undefined,
  known: Bindings,
): number | undefined {
  if (term.kind === 'number') return term.value;
  if (term.kind === 'name') return known.get(term.name);
  return carried && fieldOf(term.field).read(carried.segment);
}

const HOLDS: Record<Operator, (ahead: number) => boolean> = {
  '=': (ahead) => ahead === 0,
  '!=': (ahead) => ahead !== 0,
  '<': (ahead) => ahead < 0,
  '<=': (ahead) => ahead <= 0,
  '>': (ahead) => ahead > 0,
  '>=': (ahead) => ahead >= 0,
};

function compare({ field, operator }: Comparison, seen: number, wanted: number): boolean {
  const serial = fieldOf(field).kind === 'serial';
  return HOLDS[operator](serial ? diff(seen, wanted) : seen - wanted);
}
