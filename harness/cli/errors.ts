import { CommanderError } from 'commander';
import { english, type Say } from '../texts/say.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { beside, told, ToldError, toldBy, type Told } from '../told.ts';

/** What was asked for makes no sense. The message is one line and names the valid choices. */
export class UsageError extends ToldError {
  override readonly name = 'UsageError';
}

/** What is the user's or the machine's, by name: their modules need not be loaded for that. */
const KNOWN: Readonly<Record<string, ExitCode>> = {
  UsageError: EXIT.usage,
  BundleError: EXIT.usage,
  CaptureError: EXIT.usage,
  CatalogueError: EXIT.usage,
  EvidenceError: EXIT.refused,
  LabChangedError: EXIT.labChanged,
  LabUnknownError: EXIT.labChanged,
  BackendError: EXIT.unable,
  ImageError: EXIT.unable,
};

/** How a command that threw ends: its exit code and what is said: one line, unless it is our bug. */
export function explain(error: unknown, t: Say = english): { code: ExitCode; text: string } {
  if (error instanceof CommanderError) {
    // What we do not say ourselves (command.ts) commander says in its own words.
    return error.exitCode === 0
      ? { code: EXIT.passed, text: '' }
      : { code: EXIT.usage, text: oneLine(error.message) };
  }
  const { name, message, hint, stack } = error as Error & { hint?: Told };
  const code = KNOWN[name];
  const lack = lackOf(error as NodeJS.ErrnoException);
  if (code === undefined && lack !== undefined)
    return { code: EXIT.unable, text: oneLine(t(lack)) };
  if (code === undefined) {
    return {
      code: EXIT.bug,
      text: `${t('this is an error in Socket Lab itself')}: ${stack ?? message}`,
    };
  }
  const why = toldBy(error);
  return { code, text: oneLine(t(hint === undefined ? why : beside([why, hint]))) };
}

/** Descriptors that a run of one lab may have open, with room to spare. */
const DESCRIPTORS = 256;

/** What the machine has run out of, where that is all that is wrong (errno(3)). */
function lackOf({ code, message }: NodeJS.ErrnoException): Told | undefined {
  if (code === 'EMFILE')
    return told('too many open files: ulimit -n {n} is enough', { n: DESCRIPTORS });
  return ['ENFILE', 'ENOMEM', 'ENOSPC', 'EDQUOT', 'EAGAIN'].includes(code ?? '')
    ? told('this machine has no room for it ({code}): {why}', { code: code ?? '', why: message })
    : undefined;
}

/** Characters; what is quoted may be of anybody's making, and a line is a line. */
const LONGEST = 2000;

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
};
