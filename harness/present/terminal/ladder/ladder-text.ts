import type { Say } from '../../../texts/say.ts';
import { othersOf, rowsOf } from '../../ladder/main.ts';
import type { Ladder, Others } from '../../ladder/types.ts';
import type { Style } from '../style.ts';
import { wrap } from '../wrap.ts';
import { drawnConnections } from './choose.ts';
import { withoutMiddle, withWaits } from './fold.ts';
import { briefly, isOfNote } from './brief.ts';
import { itemsOf } from './items.ts';
import { layOut, spaceBetween, type Line } from './layout.ts';
import { legendLines } from './legend.ts';
import { Drawing } from './lines.ts';

/**
 * A run as a ladder: time down the page, the server's states on the left, the client's on the right,
 * every segment an arrow between them. Lines of 80 to 120 columns, without line ends. `isBrief` leaves
 * out what says nothing about TCP.
 */
export function renderLadder(
  ladder: Ladder,
  style: Style,
  { isBrief = false }: { isBrief?: boolean } = {},
): string[] {
  const { t } = style;
  const drawn = drawnConnections(ladder);
  const rows = rowsOf(ladder, drawn);
  const items = isBrief ? itemsOf(briefly(rows)).filter(isOfNote) : itemsOf(rows);
  if (!items.some(({ kind }) => kind !== 'step' && kind !== 'failed')) return [];
  const drawing = new Drawing(drawn.length > 1, style, t);
  const columns = spaceBetween(style);
  const lines = withWaits(
    [...drawing.draw(items, ladder.connections), ...drawing.close()],
    columns,
    t,
  );
  return [
    ...headLines(ladder, drawn, style, t),
    ...withoutMiddle(lines, columns, t).map((line) => layOut(line, style)),
    ...footLines(ladder, drawn, style, t),
  ];
}

/** The letters' numbers, and what is not drawn. */
export function footLines(
  ladder: Ladder,
  drawn: readonly number[],
  style: Style,
  t: Say,
): string[] {
  return [
    ...legendLines(
      drawn.flatMap((i) => ladder.connections[i] ?? []),
      t,
    ),
    ...othersLines(othersOf(ladder, drawn), style, t),
  ].map((line) => style.colors.dim(line));
}

/** Whose lanes these are; of a single connection, its ends. */
export function headLines(
  { connections }: Pick<Ladder, 'connections'>,
  drawn: readonly number[],
  style: Style,
  t: Say,
): string[] {
  const only = drawn.length === 1 ? connections[drawn[0] ?? 0] : undefined;
  const [server = '', client = ''] = (['server', 'client'] as const).map((host) => {
    const end = only?.[host];
    return end === undefined ? '' : `${end.address}:${end.port}`;
  });
  const room = spaceBetween(style) - 2 - server.length;
  const between = room > client.length ? ` ${server}${client.padStart(room)} ` : '';
  const head: Line = {
    clock: 's',
    server: { text: t('server') },
    client: { text: t('client') },
    between,
  };
  return [layOut(head, style)];
}

/** What is not drawn: how many connections, and where their ends are. */
function othersLines({ count, segments, ends }: Others, style: Style, t: Say): string[] {
  if (count === 0) return [];
  const kinds = ends.map(({ server, client, count: n }) =>
    t('{count} with the server in {server} and the client in {client}', {
      count: n,
      server: server ?? 'CLOSED',
      client: client ?? 'CLOSED',
    }),
  );
  const text = t(
    'and {count} more connections that went the same ways, with {segments} segments: {ends}',
    {
      count,
      segments,
      ends: kinds.join('; '),
    },
  );
  return wrap(text, style.columns);
}
