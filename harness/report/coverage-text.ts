import type { Coverage, EdgeCoverage } from '../lab/coverage.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import { hang } from './wrap.ts';

/** What labs show of the state diagram: its states, its edges, and what Linux has otherwise. */
export function renderCoverage(coverage: Coverage, whose: string, style: Style): string[] {
  const { states, figure, beyond, missing } = coverage;
  const on = figure.filter(({ edge }) => edge.linux === undefined);
  const drawn = on.filter(({ edge }) => edge.note !== 3);
  const reset = on.filter(({ edge }) => edge.note === 3);
  const off = figure.filter(({ edge }) => edge.linux !== undefined);
  const { colors } = style;
  return [
    `What ${whose} of the state diagram of RFC 9293, 3.3.2.`,
    '',
    colors.bold(`states seen by ss: ${share(states)}`),
    ...states.flatMap(({ state, labs }) => [
      marked(state, labs.length > 0, style),
      ...named(labs, style),
    ]),
    '',
    ...section(`edges of Figure 5 and its notes 1 and 2: ${share(drawn)}`, drawn, style),
    ...section(`edges of note 3, a RST received in any state: ${share(reset)}`, reset, style),
    ...section(`edges that Linux does not have, shown to be missing: ${share(off)}`, off, style),
    ...section(`beyond the figure: ${beyond.length} more that Linux has`, beyond, style),
    missing.length === 0
      ? colors.green(`${style.signs.met} all states, all edges`)
      : colors.red(`${style.signs.failed} not shown: ${missing.join(', ')}`),
  ];
}

const share = (all: readonly { labs: readonly unknown[] }[]): string =>
  `${all.filter(({ labs }) => labs.length > 0).length} of ${all.length}`;

function marked(text: string, shown: boolean, { colors, signs }: Style): string {
  return shown ? `${colors.green(signs.met)} ${text}` : colors.red(`${signs.failed} ${text}`);
}

const named = (labs: readonly string[], { columns }: Style): string[] =>
  hang('    ', labs.length === 0 ? 'no lab' : labs.join(', '), columns);

function section(title: string, edges: readonly EdgeCoverage[], style: Style): string[] {
  const { colors, columns } = style;
  const rows = edges.map(({ edge, witnesses }) => [
    `${edge.from} -> ${edge.to}`,
    edge.when,
    witnesses.join(', '),
  ]);
  const lines = table(rows, ['left', 'left', 'left'], columns - 2);
  const details = edges.map(({ edge, labs }) => [
    ...(edge.linux === undefined ? [] : hang('    Linux: ', edge.linux.does, columns)),
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
