/** Commander's Command, which refuses in our sentences what it would refuse in its own. */
import { Command, type Argument, type Option } from 'commander';
import { told } from '../told.ts';
import { UsageError } from './errors.ts';
import { nearest } from '../nearest.ts';

/** What commander calls when it refuses something (lib/command.js): its types do not tell of these. */
interface Refusals {
  unknownOption: (flag: string) => never;
  missingArgument: (name: string) => never;
  optionMissingArgument: (option: Option) => never;
  _excessArguments: (received: readonly string[]) => void;
}

export class OurCommand extends Command implements Refusals {
  override createCommand(name?: string): OurCommand {
    return new OurCommand(name);
  }

  unknownOption(flag: string): never {
    const known = this.options.flatMap(({ long }) => long ?? []);
    const other = nearest(flag, known);
    const params = { option: flag, options: known.join(', ') };
    if (known.length === 0) throw new UsageError(told("unknown option '{option}'", params));
    throw new UsageError(
      other === undefined
        ? told("unknown option '{option}'; options: {options}", params)
        : told("unknown option '{option}'; did you mean '{other}'?", { option: flag, other }),
    );
  }

  missingArgument(name: string): never {
    throw new UsageError(told("'{command}' needs <{name}>", { command: this.name(), name }));
  }

  optionMissingArgument({ flags }: Option): never {
    throw new UsageError(told('an option lacks its value: {option}', { option: flags }));
  }

  _excessArguments(received: readonly string[]): void {
    const params = { name: this.name(), n: this.registeredArguments.length, m: received.length };
    throw new UsageError(
      params.n === 0
        ? told("'{name}' takes no argument, not {m}", params)
        : told("'{name}' takes at most {n}, not {m} arguments", params),
    );
  }
}

/** An option or an argument that is one of these words. */
export function oneOf<T extends Option | Argument>(choices: readonly string[], target: T): T {
  target.choices(choices);
  target.argParser((given: string) => {
    if (choices.includes(given)) return given;
    const what = 'flags' in target ? (target.long ?? target.flags) : target.name();
    throw new UsageError(
      told("{what} is '{given}'; it is one of: {choices}", {
        ...{ what, given, choices: choices.join(', ') },
      }),
    );
  });
  return target;
}
