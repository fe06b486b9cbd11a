import type { LabEvent } from '../evidence/events.ts';
import { carriedSegments, timeOf, type Carried } from './carried.ts';
import { duration } from './duration.ts';
import { nameSequences, type Legend, type Names } from './sequence-names.ts';
import { flowKey } from './sides.ts';
import type { Style } from './style.ts';
import { table, type Align } from './table.ts';

/** More segments than this are not read by anybody: the first and the last of them are shown. */
const MOST = 60;
const LAST = 10;

/** From here on there is room for the numbers as they are on the wire, too. */
const WIDE = 110;

const ALIGN: Align[] = ['right', 'left', 'left', 'left', 'left', 'left', 'left', 'left'];
const HEAD = ['sent (s)', 'from > to', '', 'seq', 'ack', '', 'arrives', ''];

/**
 * What both captures hold in one list, each segment once: when it was sent (seconds since the
 * first), tcpdump's letters, its numbers by the textbook's letters, and how long it was on its way.
 */
export function renderSegments(events: readonly LabEvent[], style: Style): string[] {
  const all = carriedSegments(events);
  const [first] = all;
  if (first === undefined) return [];
  const names = nameSequences(all);
  const single = new Set(all.map(flowKey)).size === 1;
  const zero = timeOf(first);
  const shown = all.length <= MOST ? all : [...all.slice(0, MOST - LAST), ...all.slice(-LAST)];
  const rows = shown.map((carried) => cells(carried, names, { zero, single, style }));
  const [head = '', ...lines] = table([HEAD, ...rows], ALIGN, style.columns);
  const { dim } = style.colors;
  const body = lines.map((line, i) => paint(line, shown[i], style));
  if (shown.length < all.length) {
    const between = all.length - shown.length;
    body.splice(MOST - LAST, 0, dim(`... ${between} segments more: they are in the bundle ...`));
  }
  return [dim(head), ...body, ...renderLegend(names.legend).map((line) => dim(line))];
}

interface Context {
  zero: number;
  /** All segments belong to one connection: ports need not be told. */
  single: boolean;
  style: Style;
}

function cells(carried: Carried, names: Names, { zero, single, style }: Context): string[] {
  const { segment } = carried;
  const ack = names.ack(carried);
  return [
    ((timeOf(carried) - zero) / 1e9).toFixed(3),
    direction(carried, single),
    segment.flags,
    `seq=${names.seq(carried)}`,
    ack === undefined ? '' : `ack=${ack}`,
    details(carried),
    way(carried),
    style.columns < WIDE ? '' : absolute(carried),
  ];
}

function direction({ segment: { src, dst }, from, inside }: Carried, single: boolean): string {
  const to = (from === 'client') === (inside ?? false) ? 'client' : 'server';
  return single ? `${from} > ${to}` : `${from}:${src.port} > ${to}:${dst.port}`;
}

/** What else a student looks for: payload, a closed window, the size a SYN announces. */
function details({ segment: { length, window, options, flags } }: Carried): string {
  return [
    ...(length > 0 ? [`len=${length}`] : []),
    ...(window === 0 && !flags.includes('R') ? ['win=0'] : []),
    ...(options.mss === undefined ? [] : [`mss=${options.mss}`]),
  ].join(' ');
}

/** What became of it on the wire. */
function way({ from, inside, sent, arrived, lost, again }: Carried): string {
  const to = from === 'client' ? 'server' : 'client';
  const mark = again ? ' again' : '';
  if (inside) return `inside${mark}`;
  if (lost) return `lost at ${to}${mark}`;
  if (arrived === undefined) return `not seen at ${to}${mark}`;
  if (sent === undefined) return `not seen at ${from}${mark}`;
  return `+${duration(arrived - sent)}${mark}`;
}

/** The numbers as the header has them. */
function absolute({ segment: { seq, ack, window } }: Carried): string {
  return `seq ${seq}${ack === undefined ? '' : ` ack ${ack}`} win ${window}`;
}

function paint(line: string, carried: Carried | undefined, { colors }: Style): string {
  if (carried === undefined) return line;
  if (carried.lost || carried.segment.flags.includes('R')) return colors.red(line);
  if (/[SF]/.test(carried.segment.flags)) return colors.cyan(line);
  return line;
}

/** Where the letters begin: the numbers of the SYNs. */
function renderLegend(legend: readonly Legend[]): string[] {
  const entries = legend.map(({ client, server, clientPort, serverPort }) => {
    const values = [client, server].flatMap((side) =>
      side === undefined ? [] : [`${side.letter} = ${side.first}`],
    );
    return `${values.join(', ')}  (client:${clientPort}, server:${serverPort})`;
  });
  const most = 8;
  return entries.length <= most
    ? entries
    : [...entries.slice(0, most), `... and ${entries.length - most} connections more`];
}
