import { pad, widthOf } from './wrap.ts';

export type Align = 'left' | 'right';

/**
 * Rows of cells as lines: columns as wide as their widest cell, empty ones gone, two blanks between;
 * one blank where the lines would not fit.
 */
export function table(
  rows: readonly (readonly string[])[],
  align: readonly Align[],
  columns: number,
): string[] {
  const lines = layOut(rows, align, '  ');
  return lines.some((line) => widthOf(line) > columns) ? layOut(rows, align, ' ') : lines;
}

function layOut(
  rows: readonly (readonly string[])[],
  align: readonly Align[],
  gap: string,
): string[] {
  const widths = align.map((_, column) =>
    Math.max(0, ...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, align[column]))
      .filter((_, column) => widths[column] !== 0)
      .join(gap)
      .trimEnd(),
  );
}
