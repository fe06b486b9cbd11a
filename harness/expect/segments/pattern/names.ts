import { told } from '../../../told.ts';
import type { OnName } from './conditions.ts';
import type { Cursor } from './cursor.ts';
import { PatternError } from './error.ts';
import type { Bindings, NameUse, Pattern } from './types.ts';

/**
 * Keeps account, while a pattern is read, of which names are bound by then. A name binds where it
 * stands alone (`seq=s`); to calculate with a name that nothing has bound would make the line true
 * of every segment, so a mistyped name must not pass.
 */
export class NameBook {
  readonly needs: NameUse[] = [];
  readonly #bound = new Set<string>();
  readonly #optionally = new Map<string, number>();
  readonly #onThisLine = new Set<string>();

  /** Takes down the names of the line that `cursor` reads. */
  reader(cursor: Cursor): OnName {
    return (name, at, binds) => {
      if (binds) this.#onThisLine.add(name);
      else if (!this.#bound.has(name) && !this.#onThisLine.has(name)) {
        const optional = this.#optionally.get(name);
        const place = cursor.place(at);
        this.needs.push({
          name,
          place,
          ...(optional !== undefined && { boundOptionallyOn: optional }),
        });
      }
    };
  }

  endLine(line: number, required: boolean): void {
    for (const name of this.#onThisLine) {
      if (required) this.#bound.add(name);
      else this.#optionally.set(name, line);
    }
    this.#onThisLine.clear();
  }
}

/** @throws PatternError for a name that neither the pattern nor `given` binds before its use */
export function checkNames(pattern: Pattern, given: Bindings): void {
  const missing = pattern.needs.find(({ name }) => !given.has(name));
  if (!missing) return;
  const { name, place, boundOptionallyOn: line } = missing;
  const problem =
    line === undefined
      ? told('nothing has bound "{name}" before', { name })
      : told('"{name}" is bound on line {n} only, which is optional', { name, n: line });
  const hint = told('a name binds where it stands alone, as in seq={name}', { name });
  throw new PatternError(place, problem, hint);
}
