import type { Command } from 'commander';
import { allClaims } from '../../catalogue/claims.ts';
import type { Lab } from '../../vocabulary/define.ts';
import type { Shell } from '../command-line.ts';
import type { ExitCode } from '../exit-codes.ts';
import { labsToTell } from '../labs.ts';
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { grammarOf, type Grammar, type Known } from './grammar.ts';
import { zshCompletion } from './zsh.ts';
import { t } from '../language.ts';
import { handOver } from '../process.ts';

/** What is completed: the package's command. */
const NAME = 'socket-lab';

const SCRIPTS: Readonly<Record<Shell, (name: string, grammar: Grammar) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `completion SHELL`: prints a script made of the program as it is, its labs included. */
export async function completion(program: Command, shell: Shell): Promise<ExitCode> {
  const { labs, code } = await labsToTell();
  handOver(SCRIPTS[shell](NAME, grammarOf(program, knownOf(labs))));
  return code;
}

function knownOf(labs: readonly Lab[]): Known {
  const documents = [...new Set(allClaims().map(({ document }) => document))];
  return {
    lab: labs.map(({ name, title }) => ({ word: name, about: t(title) })),
    document: documents.map((word) => ({ word, about: t('a document') })),
  };
}
