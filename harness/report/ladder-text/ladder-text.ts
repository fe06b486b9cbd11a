import { english, type Say } from '../../texts/say.ts';
import { othersOf, rowsOf } from '../ladder/main.ts';
import type { Ladder, Others } from '../ladder/types.ts';
import type { Style } from '../style.ts';
import { wrap } from '../wrap.ts';
import { drawnConnections } from './choose.ts';
import { withoutMiddle, withWaits } from './fold.ts';
import { itemsOf } from './items.ts';
import { layOut, spaceBetween, type Line } from './layout.ts';
import { legendLines } from './legend.ts';
import { Drawing } from './lines.ts';

/**
 * A run as a ladder: time down the page, the server's states on the left, the client's on the right,
 * every segment an arrow between them. Lines of 80 to 120 columns, without line ends.
 */
export function renderLadder(ladder: Ladder, style: Style, t: Say = english): string[] {
  const drawn = drawnConnections(ladder);
  const items = itemsOf(rowsOf(ladder, drawn));
  if (items.length === 0) return [];
  const drawing = new Drawing(ladder.connections, drawn.length > 1, style, t);
  const columns = spaceBetween(style);
  const lines = withWaits([...drawing.draw(items), ...drawing.close()], columns, t);
  const { dim } = style.colors;
  const below = [
    ...legendLines(drawn.flatMap((i) => ladder.connections[i] ?? [])),
    ...othersLines(othersOf(ladder, drawn), style, t),
  ];
  return [
    ...headLines(ladder, drawn, style, t),
    ...withoutMiddle(lines, columns, t).map((line) => layOut(line, style)),
    ...below.map((line) => dim(line)),
  ];
}

/** Whose lanes these are; of a single connection, its ends. */
export function headLines(
  { connections }: Pick<Ladder, 'connections'>,
  drawn: readonly number[],
  style: Style,
  t: Say,
): string[] {
  const only = drawn.length === 1 ? connections[drawn[0] ?? 0] : undefined;
  const names = (['server', 'client'] as const).map((host) => {
    const end = only?.[host];
    return end === undefined ? t(host) : `${t(host)} ${end.address}:${end.port}`;
  });
  const columns = spaceBetween(style);
  const [server = '', client = ''] = names;
  const line: Line = {
    between: ` ${server}${client.padStart(columns - 2 - server.length)} `,
    paint: 'bold',
  };
  return [layOut(line, style)];
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
    'and {count} connections more of the same ways, with {segments} segments: {ends}',
    {
      count,
      segments,
      ends: kinds.join('; '),
    },
  );
  return wrap(text, style.columns);
}
