import type { HostName } from '../../../evidence/events.ts';
import { endpointText } from '../../../tcp/endpoint.ts';
import type { Say } from '../../../texts/say.ts';
import { othersOf, rowsOf } from '../../ladder/main.ts';
import type { Ladder, LadderConnection, Others, Row } from '../../ladder/types.ts';
import type { Style } from '../style.ts';
import { wrap } from '../wrap.ts';
import { drawnConnections } from './choose.ts';
import { withoutMiddle, withWaits } from './fold.ts';
import { briefly, isOfNote, tellsMss } from './brief.ts';
import { itemsOf } from './items.ts';
import { besidePorts, layOut, spaceBetween, type Line } from './layout.ts';
import { legendLines, signLines } from './legend.ts';
import { Drawing } from './lines.ts';
import { isInside, portsOf, type Ports } from './ports.ts';

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
  const connections = drawn.flatMap((i) => ladder.connections[i] ?? []);
  const ports = portsOf(connections);
  const beside = besidePorts(style, ports.width);
  const drawing = new Drawing(ports, beside, t, tellingOf(rows, ports));
  const columns = spaceBetween(beside);
  const lines = withWaits(
    [...drawing.draw(items, ladder.connections), ...drawing.close()],
    columns,
    t,
  );
  const shown = withoutMiddle(lines, columns, t);
  return [
    ...headLines(connections, beside, ports, t),
    ...shown.map((line) => layOut(line, beside, ports.width)),
    ...signLines(shown, ports, style, t),
    ...footLines(ladder, drawn, style, t),
  ];
}

/** Where there are several connections, there is no room for what is the same in all of them. */
export const tellingOf = (rows: readonly Row[], ports: Ports): { tellsMss: boolean } => ({
  tellsMss: ports.width === 0 || tellsMss(rows),
});

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

/** Whose lanes these are, and of each side what all connections have of its address and port. */
export function headLines(
  connections: readonly LadderConnection[],
  style: Style,
  ports: Ports,
  t: Say,
): string[] {
  const between = connections.filter((one) => !isInside(one));
  const [server, client] = [inCommon(between, 'server'), inCommon(between, 'client')];
  const room = spaceBetween(style) - 2 - server.length;
  const addresses = room > client.length ? ` ${server}${client.padStart(room)} ` : '';
  const head: Line = {
    clock: 's',
    ports: t('port'),
    server: { text: t('server') },
    client: { text: t('client') },
    between: addresses,
  };
  return [layOut(head, style, ports.width)];
}

/** `10.0.0.1:6000`; without the port where it is not the same in all. */
function inCommon(connections: readonly LadderConnection[], host: HostName): string {
  const [first, ...others] = connections.map((one) => one[host]);
  if (first === undefined || others.some(({ address }) => address !== first.address)) return '';
  const isSame = others.every(({ port }) => port === first.port);
  return isSame ? endpointText(first) : first.address;
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
