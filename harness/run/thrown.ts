import { inspect } from 'node:util';
import { Interrupted } from '../deadline.ts';
import { NotationError, told, ToldError, verbatim, type Told } from '../told.ts';
import type { Lab } from '../vocabulary/define.ts';
import { ExpectationError } from '../vocabulary/session.ts';

/** A lab's own code has thrown: what, and the line of the lab where it did. */
export class LabThrew extends ToldError {
  override readonly name = 'LabThrew';
}

/**
 * What a run ends by whose lab has thrown. An expectation that was not met says its line itself; what has
 * nothing of the lab on its stack came from elsewhere, and stays as it is.
 */
export function thrownBy({ source }: Pick<Lab, 'source'>, error: unknown): Error {
  if (error instanceof ExpectationError || error instanceof Interrupted) return error;
  const line = error instanceof Error ? source?.lineOf(error.stack ?? '') : undefined;
  if (error instanceof Error && line === undefined) return error;
  const why = whyOf(error);
  if (source === undefined) return new LabThrew(why, { cause: error });
  const where = line === undefined ? source.file : `${source.file}:${line}`;
  return new LabThrew(told('{where}: {why}', { where, why }), { cause: error });
}

/** An error of ours says what is wrong; of others' the kind says as much as the message. */
function whyOf(error: unknown): Told {
  if (error instanceof ToldError) return error.told;
  if (error instanceof Error) return verbatim(`${error.name}: ${error.message}`);
  return told('the lab threw {what}, which is not an error', {
    what: inspect(error, { depth: 1, breakLength: Infinity }).slice(0, 200),
  });
}

/** Has a lab thrown because what is written in it cannot be understood? */
export const isMiswritten = (error: unknown): boolean =>
  error instanceof NotationError ||
  (error instanceof LabThrew && error.cause instanceof NotationError);

/** Does what was rejected, and nobody waited for, come from the lab's own code? */
export const isOf = ({ source }: Pick<Lab, 'source'>, reason: unknown): boolean =>
  reason instanceof Error && source?.lineOf(reason.stack ?? '') !== undefined;
