import type { Lab } from '../../../vocabulary/define.ts';
import { NOT_WALKED } from '../../../run/walk/not-walked.ts';
import type { RunFlags } from '../../command-line.ts';
import { UsageError } from '../../errors.ts';

/** How a run is walked. */
export interface Walking {
  /** Somebody is asked what will happen before it does. */
  predict: boolean;
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
  { step, predict, json, watch, reporter }: RunFlags,
  labs: readonly Lab[],
  { stdin, stdout }: Ends,
): Walking | undefined {
  if (step !== true && predict !== true) return undefined;
  const option = step === true ? '--step' : '--predict';
  const [lab, ...others] = labs;
  if (lab === undefined || others.length > 0) {
    throw new UsageError(`${option} walks through one lab at a time; name one`);
  }
  if (json === true) throw new UsageError(`${option} is for people, --json for machines; give one`);
  const printed = reporter.find((name) => !name.includes('='));
  if (printed !== undefined) {
    const given = `--reporter ${printed}`;
    throw new UsageError(`${option} is for people, ${given} for machines; give ${given}=FILE`);
  }
  if (watch === true) {
    throw new UsageError(`${option} shows each segment as it goes: leave out --watch`);
  }
  if (stdin.isTTY !== true || stdout.isTTY !== true) {
    throw new UsageError(`${option} asks for keys: it needs a terminal on stdin and stdout`);
  }
  const reason = NOT_WALKED[lab.name];
  if (reason !== undefined) {
    throw new UsageError(`${lab.name} cannot be walked: ${reason}; run it without ${option}`);
  }
  return { predict: predict === true };
}
