import type { Cell, Matrix } from '../../history/matrix.ts';
import type { Style } from './style.ts';
import { hang, pad, widthOf, wrap } from './wrap.ts';

/** A heading is wrapped rather than make its column wider than this, or than what stands in it. */
const HEADING = 12;

const GAP = '  ';

/**
 * The table that a lab has filled in: a row a line, of what each cell's calls came to, or else its
 * verdict. Where the columns do not fit beside each other, a cell a line.
 */
export function renderMatrix(matrix: Matrix, style: Style): string[] {
  const { columns, t } = style;
  const drawn = drawnCells(matrix, style);
  const widths = matrix.columns.map((_heading, column) =>
    Math.max(HEADING, ...drawn.map((row) => widthOf(row[column]?.text ?? ''))),
  );
  const heads = matrix.rows.map((row) => t(row));
  const first = Math.max(...heads.map(widthOf));
  const width = widths.reduce((sum, one) => sum + GAP.length + one, first);
  const lines =
    width > columns
      ? asList(matrix, drawn, style)
      : asTable(matrix, drawn, [first, ...widths], style);
  return [...lines, ...legend(matrix, style)];
}

interface Drawn {
  text: string;
  dress: (text: string) => string;
}

/** Each row's cells, by their columns. */
function drawnCells({ rows, columns, cells }: Matrix, style: Style): Drawn[][] {
  const nothing: Drawn = { text: '', dress: (text) => text };
  return rows.map((_heading, row) =>
    columns.map((_title, column) => {
      const cell = cells.find((one) => one.row === row && one.column === column);
      return cell === undefined ? nothing : drawnCell(cell, style);
    }),
  );
}

function drawnCell({ verdict, outcomes }: Cell, { colors, signs }: Style): Drawn {
  const errors = outcomes.filter((outcome) => outcome !== null);
  if (verdict === 'failed') return { text: [signs.failed, ...errors].join(' '), dress: colors.red };
  if (verdict === 'untried') return { text: signs.untried, dress: colors.yellow };
  if (errors.length === 0) return { text: signs.met, dress: colors.green };
  return {
    text: outcomes.map((outcome) => outcome ?? signs.met).join(', '),
    dress: (text) => text,
  };
}

function asTable(matrix: Matrix, drawn: Drawn[][], widths: number[], style: Style): string[] {
  const { colors, t } = style;
  const line = (cells: readonly Drawn[]): string =>
    cells
      .map(
        ({ text, dress }, i) => (text && dress(text)) + pad('', (widths[i] ?? 0) - widthOf(text)),
      )
      .join(GAP)
      .trimEnd();
  const bold = (text = ''): Drawn => ({ text, dress: colors.bold });
  const headings = matrix.columns.map((title, i) => wrap(t(title), widths[i + 1] ?? 0));
  const height = Math.max(...headings.map(({ length }) => length));
  return [
    // They end on one line, right above their columns.
    ...Array.from({ length: height }, (_line, i) =>
      line([bold(), ...headings.map((words) => bold(words[i - height + words.length]))]),
    ),
    ...matrix.rows.map((row, i) => line([bold(t(row)), ...(drawn[i] ?? [])])),
  ];
}

const asList = (matrix: Matrix, drawn: Drawn[][], { colors, columns, t }: Style): string[] =>
  matrix.rows.flatMap((row, i) => [
    ...wrap(t(row), columns).map((line) => colors.bold(line)),
    ...(drawn[i] ?? []).flatMap(({ text, dress }, column) => {
      const title = matrix.columns[column];
      if (text === '' || title === undefined) return [];
      const line = `${t(title)}: ${text}`;
      return hang('  ', line, columns).map((one) => dress(one));
    }),
  ]);

/** What the cells mean, where that does not go without saying. */
function legend({ cells }: Matrix, style: Style): string[] {
  const { signs, columns, colors, t } = style;
  if (!cells.some(({ outcomes }) => outcomes.length > 0)) return [];
  const text = t('{sign}: the calls succeed; the name of an error: they fail with it', {
    sign: signs.met,
  });
  return wrap(text, columns).map((line) => colors.dim(line));
}
