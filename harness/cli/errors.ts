import { CommanderError } from 'commander';
import { english, type Say } from '../texts/say.ts';
import { plainLine } from '../present/machine/plain.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { beside, ToldError, toldBy, type Told } from '../told.ts';

/** What was asked for makes no sense. The message is one line and names the valid choices. */
export class UsageError extends ToldError {
  override readonly name = 'UsageError';
}

/** What is the user's or the machine's, by name: their modules need not be loaded for that. */
const KNOWN: Readonly<Record<string, ExitCode>> = {
  UsageError: EXIT.usage,
  BundleError: EXIT.usage,
  CatalogueError: EXIT.usage,
  EvidenceError: EXIT.refused,
  LabChangedError: EXIT.labChanged,
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
  if (code === undefined) {
    return {
      code: EXIT.bug,
      text: `${t('this is an error in Socket Lab itself')}: ${stack ?? message}`,
    };
  }
  const why = toldBy(error);
  return { code, text: oneLine(t(hint === undefined ? why : beside([why, hint]))) };
}

/** Characters; what is quoted may be of anybody's making, and a line is a line. */
const LONGEST = 2000;

const oneLine = (text: string): string => {
  const line = plainLine(text);
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
};
