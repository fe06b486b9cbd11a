import type { Command } from 'commander';
import { labNames, loadLabs } from '../../catalogue/catalogue.ts';
import { allClaims } from '../../catalogue/claims.ts';
import type { Shell } from '../command-line.ts';
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
export async function completion(program: Command, shell: Shell): Promise<void> {
  handOver(SCRIPTS[shell](NAME, grammarOf(program, await known())));
}

async function known(): Promise<Known> {
  const labs = await loadLabs(await labNames());
  const documents = [...new Set(allClaims().map(({ document }) => document))];
  return {
    lab: labs.map(({ name, title }) => ({ word: name, about: t(title) })),
    document: documents.map((word) => ({ word, about: t('a document') })),
  };
}
