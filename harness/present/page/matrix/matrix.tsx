import type { JSX } from 'preact';
import { matrixOf, type Cell } from '../../../history/matrix.ts';
import { useSay } from '../contexts.ts';
import type { Looking, View } from '../view.ts';

/** The table that a lab has filled in. A cell leads to where it was filled in. */
export function Matrix({ scene: { run }, view, pick }: Looking): JSX.Element | null {
  const t = useSay();
  const matrix = matrixOf(run.history);
  if (matrix === undefined) return null;
  const { rows, columns, cells } = matrix;
  return (
    <section class="matrix">
      <table>
        <thead>
          <tr>
            <td />
            {columns.map((title, column) => (
              <th key={column} scope="col">
                {t(title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((title, row) => (
            <tr key={row}>
              <th scope="row">{t(title)}</th>
              {columns.map((_, column) => {
                const cell = cells.find((one) => one.row === row && one.column === column);
                return (
                  <td key={column}>{cell !== undefined && <Filled {...{ cell, view, pick }} />}</td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Filled({
  cell: { verdict, outcomes, steps, stated },
  view: { now, event },
  pick,
}: {
  cell: Cell;
  view: View;
  pick: (seq: number) => void;
}): JSX.Element {
  const t = useSay();
  const [step] = steps;
  const own = stated.flatMap((one) => one.verdict?.by ?? []);
  const first = own[0] ?? step?.begin.seq;
  const classes = [
    ...(verdict === 'failed' ? ['bad'] : []),
    ...(verdict === 'met' && outcomes.every((one) => one === null) ? ['free'] : []),
    ...((step?.begin.t ?? 0) > now ? ['later'] : []),
    ...(event !== undefined && own.includes(event) ? ['chosen'] : []),
  ];
  return (
    <button
      type="button"
      class={classes.join(' ')}
      title={t(verdict)}
      onClick={() => {
        if (first !== undefined) pick(first);
      }}
    >
      {verdict === 'failed' && '✗ '}
      {verdict === 'untried' ? '–' : outcomes.map((one) => one ?? '✓').join(', ') || '✓'}
    </button>
  );
}
