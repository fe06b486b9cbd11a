/** Calls or segments, one a line: a text of several lines, or a list of lines that were computed. */
export type Lines = string | readonly string[];

export const textOf = (lines: Lines): string =>
  typeof lines === 'string' ? lines : lines.join('\n');
