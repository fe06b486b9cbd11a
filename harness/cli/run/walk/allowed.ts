import type { Lab } from '../../../vocabulary/define.ts';
import type { RunFlags } from '../../command-line.ts';
import { UsageError } from '../../errors.ts';
import { told } from '../../../told.ts';

/** How a run is walked. */
export interface Walking {
  /** Somebody is asked what will happen before it does. */
  predict: boolean;
  /** The file that the answers are written to. */
  answers?: string;
}

interface Ends {
  stdin: { isTTY?: boolean };
  stdout: { isTTY?: boolean };
}

/**
 * How these labs are walked; undefined when nobody wants to.
 * @throws UsageError when they cannot be
 */
export function walkingOf(
  { step, predict, answers, json, watch, reporter }: RunFlags,
  labs: readonly Lab[],
  { stdin, stdout }: Ends,
): Walking | undefined {
  if (answers !== undefined && predict !== true)
    throw new UsageError(told('--answers is for --predict: nobody else is asked anything'));
  if (step !== true && predict !== true) return undefined;
  const option = step === true ? '--step' : '--predict';
  const [lab, ...others] = labs;
  if (lab === undefined || others.length > 0) {
    throw new UsageError(told('{option} walks through one lab at a time; name one', { option }));
  }
  if (json === true)
    throw new UsageError(told('{option} is for people, --json for machines; give one', { option }));
  const printed = reporter.find((name) => !name.includes('='));
  if (printed !== undefined) {
    const given = `--reporter ${printed}`;
    throw new UsageError(
      told('{option} is for people, {given} for machines; give {given}=FILE', { option, given }),
    );
  }
  if (watch === true) {
    throw new UsageError(
      told('{option} shows each segment as it goes: leave out --watch', { option }),
    );
  }
  if (stdin.isTTY !== true || stdout.isTTY !== true) {
    throw new UsageError(
      told('{option} asks for keys: it needs a terminal on stdin and stdout', { option }),
    );
  }
  const { name, notWalkable } = lab;
  if (notWalkable !== undefined) {
    const params = { name, why: told(notWalkable), option };
    throw new UsageError(told('{name} cannot be walked: {why}; run it without {option}', params));
  }
  return { predict: predict === true, ...(answers !== undefined && { answers }) };
}
