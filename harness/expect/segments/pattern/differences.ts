import type { Difference } from '../../../evidence/expectations.ts';
import { formatCondition, formatDirection } from './format.ts';
import type { LineJudgement } from './judge.ts';
import type { CarriedSegment, Line } from './types.ts';

/**
 * In which fields a segment is not what a line says. `expected` is as the line has it (`ack=x+1`),
 * with the value that this comes to behind it where it had to be calculated: `['ack=x+1', 1001]`.
 */
export function differences(
  line: Line,
  judgement: LineJudgement,
  carried: CarriedSegment,
  previous: CarriedSegment | undefined,
): Difference[] {
  const { direction, flags, gap, conditions } = judgement;
  return [
    ...(direction
      ? []
      : [{ field: 'direction', expected: formatDirection(line), seen: formatDirection(carried) }]),
    ...(flags
      ? []
      : [{ field: 'flags', expected: line.flags.join('|'), seen: carried.segment.flags }]),
    ...conditions
      .filter(({ holds }) => !holds)
      .map(({ condition, wanted, seen }) => ({
        field: condition.field,
        expected: [formatCondition(condition), ...(wanted === undefined ? [] : [wanted])],
        seen: seen ?? null,
      })),
    ...(gap || line.gap === undefined || previous === undefined
      ? []
      : [{ field: 'time', expected: line.gap.written, seen: carried.t - previous.t }]),
  ];
}
