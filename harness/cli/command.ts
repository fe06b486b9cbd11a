/** Commander's Command, which refuses in our sentences what it would refuse in its own. */
import { Command, type Argument, type Option } from 'commander';
import { told } from '../told.ts';
import { UsageError } from './errors.ts';
import { nearest } from './nearest.ts';

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
    const params = { option: flag, options: known.join(', ') };
    const other = nearest(flag, known);
    if (known.length === 0) throw new UsageError(told("unknown option '{option}'", params));
    throw new UsageError(
      other === undefined
        ? told("unknown option '{option}'; options: {options}", params)
        : told("unknown option '{option}' (Did you mean {other}?); options: {options}", {
            ...params,
            other,
          }),
    );
  }

  missingArgument(name: string): never {
    throw new UsageError(told("missing required argument '{name}'", { name }));
  }

  optionMissingArgument({ flags }: Option): never {
    throw new UsageError(told("option '{option}' argument missing", { option: flags }));
  }

  _excessArguments(received: readonly string[]): void {
    const params = { name: this.name(), n: this.registeredArguments.length, m: received.length };
    throw new UsageError(
      params.n === 1
        ? told("too many arguments for '{name}'. Expected 1 argument but got {m}.", params)
        : told("too many arguments for '{name}'. Expected {n} arguments but got {m}.", params),
    );
  }
}

/** An option or an argument that is one of these words. */
export function oneOf<T extends Option | Argument>(choices: readonly string[], target: T): T {
  target.choices(choices);
  target.argParser((given: string) => {
    if (choices.includes(given)) return given;
    const params = { given, choices: choices.join(', ') };
    throw new UsageError(
      'flags' in target
        ? told("option '{option}' argument '{given}' is invalid. Allowed choices are {choices}.", {
            ...params,
            option: target.flags,
          })
        : told(
            "command-argument value '{given}' is invalid for argument '{name}'. Allowed choices are {choices}.",
            { ...params, name: target.name() },
          ),
    );
  });
  return target;
}
