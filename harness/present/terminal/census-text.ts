import { netstatCounts, type Census } from '../../tcp/tables/census.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import type { Told } from '../../told.ts';

/** The line of the documents (seed 003, 5) that counts a machine's sockets by state. */
const COMMAND = `netstat -n | awk '/^tcp/ {++S[$NF]} END {for(a in S) print a, S[a]}'`;

/** A census as a student reads it: netstat's spelling and the count as awk has them, RFC 9293's beside. */
export function renderCensus(census: Census, whose: Told, style: Style): string[] {
  const { colors, columns, t } = style;
  const counts = netstatCounts(census);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const listeners = census.LISTEN ?? 0;
  const [head = '', ...rows] = table(
    [
      ['netstat', t('sockets'), 'RFC 9293'],
      ...counts.map(({ name, count, state }) => [name, String(count), state]),
      [t('total'), String(total)],
      ['LISTEN', String(listeners), t('not counted: netstat -n leaves listeners out')],
    ],
    ['left', 'right', 'left'],
    columns,
  );
  return [
    t('TCP sockets of {what}, counted by state as this does:', { what: whose }),
    `  ${COMMAND}`,
    '',
    colors.bold(head),
    ...rows,
  ];
}
