import { told, verbatim, type Told } from '../../../told.ts';
import { PatternError } from './error.ts';
import type { Place } from './error.ts';

/** Reads one line of a pattern from left to right. Regular expressions given to it are sticky. */
export class Cursor {
  readonly line: number;
  readonly source: string;
  readonly #code: string;
  #at = 0;

  constructor(line: number, source: string) {
    this.line = line;
    this.source = source;
    this.#code = source.replace(/#.*/s, '');
    this.take(/\s*/y);
  }

  get at(): number {
    return this.#at;
  }

  get done(): boolean {
    return this.#at >= this.#code.length;
  }

  /** What `expression` matches here, and the space after it; undefined, and no step, if it does not. */
  take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#code);
    if (!found) return undefined;
    this.#at = expression.lastIndex;
    while (/\s/.test(this.#code.charAt(this.#at))) this.#at++;
    return found;
  }

  /** Whether `expression` matches here; no step is made. */
  isAt(expression: RegExp): boolean {
    expression.lastIndex = this.#at;
    return expression.test(this.#code);
  }

  /** The word that stands here, quoted for a message. */
  word(): Told {
    const word = /\S+/.exec(this.#code.slice(this.#at))?.[0];
    if (word === undefined) return told('the end of the line');
    return verbatim(word.length > 24 ? `"${word.slice(0, 24)}..."` : `"${word}"`);
  }

  place(at = this.#at): Place {
    return { line: this.line, column: at + 1, source: this.source };
  }

  error(problem: Told, hint: Told, at = this.#at): PatternError {
    return new PatternError(this.place(at), problem, hint);
  }
}
