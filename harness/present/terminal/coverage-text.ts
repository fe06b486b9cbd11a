import type { Coverage, EdgeCoverage } from '../../catalogue/coverage.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import { hang } from './wrap.ts';
import type { Told } from '../../told.ts';

/** What labs show of the state diagram: its states, its edges, and what Linux has otherwise. */
export function renderCoverage(coverage: Coverage, whose: Told, style: Style): string[] {
  const { states, figure, beyond, missing } = coverage;
  const on = figure.filter(({ edge }) => edge.linux === undefined);
  const drawn = on.filter(({ edge }) => edge.note !== 3);
  const reset = on.filter(({ edge }) => edge.note === 3);
  const off = figure.filter(({ edge }) => edge.linux !== undefined);
  const { colors, t } = style;
  return [
    t('What {what} of the state diagram of RFC 9293, 3.3.2.', { what: whose }),
    '',
    colors.bold(t('states seen by ss: {n} of {all}', share(states))),
    ...states.flatMap(({ state, labs }) => [
      marked(state, labs.length > 0, style),
      ...named(labs, style),
    ]),
    '',
    ...section(
      t('edges of Figure 5 and its notes 1 and 2: {n} of {all}', share(drawn)),
      drawn,
      style,
    ),
    ...section(
      t('edges of note 3, a RST received in any state: {n} of {all}', share(reset)),
      reset,
      style,
    ),
    ...section(
      t('edges that Linux does not have, shown to be missing: {n} of {all}', share(off)),
      off,
      style,
    ),
    ...section(
      t('beyond the figure: {n} more that Linux has', { n: beyond.length }),
      beyond,
      style,
    ),
    missing.length === 0
      ? colors.green(`${style.signs.met} ${t('all states, all edges')}`)
      : colors.red(
          `${style.signs.failed} ${t('not shown: {edges}', { edges: missing.join(', ') })}`,
        ),
  ];
}

const share = (all: readonly { labs: readonly unknown[] }[]): { n: number; all: number } => ({
  n: all.filter(({ labs }) => labs.length > 0).length,
  all: all.length,
});

function marked(text: string, shown: boolean, { colors, signs }: Style): string {
  return shown ? `${colors.green(signs.met)} ${text}` : colors.red(`${signs.failed} ${text}`);
}

const named = (labs: readonly string[], { columns, t }: Style): string[] =>
  hang('    ', labs.length === 0 ? t('no lab') : labs.join(', '), columns);

function section(title: string, edges: readonly EdgeCoverage[], style: Style): string[] {
  const { colors, columns, t } = style;
  const rows = edges.map(({ edge, witnesses }) => [
    `${edge.from} -> ${edge.to}`,
    edge.when,
    witnesses.join(', '),
  ]);
  const lines = table(rows, ['left', 'left', 'left'], columns - 2);
  const details = edges.map(({ edge, labs }) => [
    ...(edge.linux === undefined ? [] : hang('    Linux: ', t(edge.linux.does), columns)),
    ...named(
      labs.map(({ lab, slow }) => (slow ? `${lab} --slow` : lab)),
      style,
    ),
  ]);
  return [
    colors.bold(title),
    ...lines.flatMap((line, at) => [
      marked(line, (edges[at]?.labs.length ?? 0) > 0, style),
      ...(details[at] ?? []),
    ]),
    '',
  ];
}
