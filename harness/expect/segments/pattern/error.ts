import { NotationError, told, type Told } from '../../../told.ts';

/** Where in a pattern's text something is wrong; lines and columns count from 1. */
export interface Place {
  line: number;
  column: number;
  /** The line as written. */
  source: string;
}

/**
 * A packet pattern that cannot be understood, or cannot be judged.
 * The message is one line of reason, then the line with a caret, then what would be right.
 */
export class PatternError extends NotationError {
  override readonly name = 'PatternError';
  readonly line: number;
  readonly column: number;

  /**
   * @param problem what is wrong, without its place
   * @param hint what would be right
   */
  constructor({ line, column, source }: Place, problem: Told, hint: Told) {
    super(
      told('packet pattern, line {n}, column {m}: {why}\n  {source}\n  {space}^ {hint}', {
        ...{ n: line, m: column, why: problem, hint },
        source: source.replaceAll('\t', ' '),
        space: ' '.repeat(column - 1),
      }),
    );
    this.line = line;
    this.column = column;
  }
}

/** The lines of a pattern's text; line numbers count from the first one that is not blank. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.trim() !== '');
  return first < 0 ? [] : lines.slice(first);
}

/** An error that concerns a whole line. */
export function lineError(text: string, line: number, problem: Told, hint: Told): PatternError {
  const source = linesOf(text)[line - 1] ?? '';
  const column = source.search(/\S|$/) + 1;
  return new PatternError({ line, column, source }, problem, hint);
}
