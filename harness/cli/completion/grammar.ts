import type { Argument, Command, Option } from 'commander';

/** What can stand in a place of the command line. */
export type Values =
  | { kind: 'words'; words: readonly Word[] }
  /** Any folder. */
  | { kind: 'folders' }
  /** The bundles in `runs/`, or any folder where none of them matches. */
  | { kind: 'bundles' }
  | { kind: 'files' }
  /** Something that only the user knows. */
  | { kind: 'unknown' };

export interface Word {
  word: string;
  about: string;
}

export interface GrammarOption {
  /** `-j`, `--jobs` */
  names: readonly string[];
  about: string;
  /** Absent: it takes no value. */
  value?: Values;
  repeats: boolean;
}

export interface GrammarCommand {
  /** Empty: what the program does without a command's name. */
  name: string;
  about: string;
  options: readonly GrammarOption[];
  /** In order; the last one stands for all that follow when `repeats`. */
  places: readonly Values[];
  repeats: boolean;
}

/** The command line as a shell needs to know it; the nameless command is the first. */
export type Grammar = readonly [GrammarCommand, ...GrammarCommand[]];

/** Words for placeholders (`[lab...]`): what only the program's data say. */
export type Known = Readonly<Record<string, readonly Word[]>>;

/** Reads all of it from the program. */
export function grammarOf(program: Command, known: Known): Grammar {
  const commands = program.createHelp().visibleCommands(program);
  const names = commands.map((command) => ({
    word: command.name(),
    about: command.description(),
  }));
  const words = { ...known, command: names };
  const all = commands.map((command) => spell(command.name(), command, words));
  return [spell('', program, words), ...all];
}

function spell(name: string, command: Command, known: Known): GrammarCommand {
  return {
    name,
    about: command.description(),
    options: command
      .createHelp()
      .visibleOptions(command)
      .map((option) => spellOption(option, known)),
    places: command.registeredArguments.map((argument) => valuesOf(argument, known)),
    repeats: command.registeredArguments.at(-1)?.variadic === true,
  };
}

function spellOption(option: Option, known: Known): GrammarOption {
  const takesValue = option.required || option.optional;
  return {
    names: [option.short, option.long].filter((name) => name !== undefined),
    about: option.description,
    repeats: option.variadic || Array.isArray(option.defaultValue),
    ...(takesValue ? { value: valuesOfOption(option, known) } : {}),
  };
}

function valuesOf(argument: Argument, known: Known): Values {
  if (argument.argChoices !== undefined) return plain(argument.argChoices);
  // A folder that a command is given is a bundle.
  if (argument.name() === 'dir') return { kind: 'bundles' };
  return byPlaceholder(argument.name(), known);
}

function valuesOfOption(option: Option, known: Known): Values {
  if (option.argChoices !== undefined) return plain(option.argChoices);
  const [, placeholder = ''] = /[<[]([^>\].]+)/.exec(option.flags) ?? [];
  return placeholder === 'dir' ? { kind: 'folders' } : byPlaceholder(placeholder, known);
}

function byPlaceholder(placeholder: string, known: Known): Values {
  if (placeholder === 'file') return { kind: 'files' };
  const words = placeholder.split('|').flatMap((name) => known[name] ?? []);
  return words.length === 0 ? { kind: 'unknown' } : { kind: 'words', words };
}

const plain = (choices: readonly string[]): Values => ({
  kind: 'words',
  words: choices.map((word) => ({ word, about: '' })),
});
