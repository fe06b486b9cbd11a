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
export class PatternError extends Error {
  override readonly name = 'PatternError';
  readonly line: number;
  readonly column: number;
  /** What is wrong, without its place. */
  readonly problem: string;
  /** What would be right. */
  readonly hint: string;

  constructor(place: Place, problem: string, hint: string) {
    super(
      `packet pattern, line ${place.line}, column ${place.column}: ${problem}\n` +
        `  ${place.source.replaceAll('\t', ' ')}\n` +
        `  ${' '.repeat(place.column - 1)}^ ${hint}`,
    );
    this.line = place.line;
    this.column = place.column;
    this.problem = problem;
    this.hint = hint;
  }
}

/** The lines of a pattern's text; line numbers count from the first one that is not blank. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.trim() !== '');
  return first < 0 ? [] : lines.slice(first);
}

/** An error that concerns a whole line. */
export function lineError(text: string, line: number, problem: string, hint: string): PatternError {
  const source = linesOf(text)[line - 1] ?? '';
  const column = source.search(/\S|$/) + 1;
  return new PatternError({ line, column, source }, problem, hint);
}
