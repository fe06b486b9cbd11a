import type { State } from '../../../tcp/states/state.ts';

export type Point = readonly [x: number, y: number];

/** How the edges between two states are drawn: right-angled, past all boxes and labels. */
export interface Route {
  from: State;
  to: State;
  points: readonly Point[];
  label: Place;
  /** Where the number stands. */
  badge: Point;
  /** It leads to the second CLOSED. */
  isEnd: boolean;
}

/** Where a label is: its middle in height; `x` is where it begins, ends, or has its middle. */
export interface Place {
  at: 'start' | 'middle' | 'end';
  x: number;
  y: number;
  /** Characters in a line, where it is not the usual number. */
  width?: number;
}

/** Both states, the points, the label's place (and width), the number's place. */
type Row = readonly [edge: string, points: string, label: string, badge: string];

/** The edges that Figure 5 of RFC 9293 draws, and the one of its note 2. */
const DRAWN: readonly Row[] = [
  ['CLOSED LISTEN', '163,58 163,118', 'end 151,88', '163,86'],
  ['LISTEN CLOSED', '197,118 197,58', 'start 209,88', '197,90'],
  ['CLOSED SYN-SENT', '232,37 340,37 340,196', 'start 236,18 24', '340,100'],
  ['SYN-SENT CLOSED', '309,196 309,51 232,51', 'end 298,128', '309,128'],
  ['LISTEN SYN-SENT', '197,146 197,208 286,208', 'start 209,176', '240,208'],
  ['LISTEN SYN-RECEIVED', '163,146 163,208 74,208', 'end 151,176', '163,176'],
  ['SYN-RECEIVED LISTEN', '38,196 38,132 128,132', 'start 50,123', '38,164'],
  ['SYN-SENT SYN-RECEIVED', '286,230 74,230', 'middle 186,221 40', '100,230'],
  ['SYN-RECEIVED ESTABLISHED', '74,250 163,250 163,304', 'end 151,276', '163,276'],
  ['SYN-SENT ESTABLISHED', '286,250 197,250 197,304', 'start 209,276', '197,276'],
  ['SYN-RECEIVED FIN-WAIT-1', '30,260 30,374', 'start 42,318', '30,316'],
  ['ESTABLISHED FIN-WAIT-1', '163,332 163,386 74,386', 'end 151,358', '163,358'],
  ['ESTABLISHED CLOSE-WAIT', '197,332 197,386 286,386', 'start 209,358', '197,358'],
  ['FIN-WAIT-1 CLOSING', '74,400 170,400 170,468', 'end 158,436', '170,436'],
  ['FIN-WAIT-1 FIN-WAIT-2', '30,418 30,468', 'start 41,442', '30,440'],
  ['FIN-WAIT-1 TIME-WAIT', '74,412 100,412 100,574 128,574', 'start 109,536', '100,486'],
  ['FIN-WAIT-2 TIME-WAIT', '30,506 30,586 128,586', 'start 41,536', '30,536'],
  ['CLOSING TIME-WAIT', '196,506 196,566', 'start 207,536', '196,534'],
  ['CLOSE-WAIT LAST-ACK', '322,418 322,468', 'end 310,442', '322,440'],
  ['LAST-ACK CLOSED', '322,506 322,566', 'end 310,536', '322,534'],
  ['TIME-WAIT CLOSED', '232,580 286,580', 'middle 259,610', '254,580'],
];

/** Those of its note 3, and of Linux alone: drawn where a connection took one. */
const OTHERS: readonly Row[] = [
  ['SYN-RECEIVED CLOSED', '20,196 20,44 128,44', 'start 30,34', '20,110'],
  ['ESTABLISHED CLOSED', '232,318 368,318 368,580 358,580', 'start 238,309', '310,318'],
  ['CLOSE-WAIT CLOSED', '358,396 368,396 368,580 358,580', 'end 364,606', '368,446'],
  ['FIN-WAIT-1 CLOSED', '2,396 -8,396 -8,638 322,638 322,594', 'start 8,628', '120,638'],
  ['FIN-WAIT-2 CLOSED', '2,487 -8,487 -8,638 322,638 322,594', 'start 8,628', '120,638'],
  ['CLOSING CLOSED', '232,487 260,487 260,573 286,573', 'start 236,468 4', '260,506'],
  ['TIME-WAIT SYN-RECEIVED', '150,594 150,622 -8,622 -8,240 2,240', 'start 8,612', '90,622'],
  ['TIME-WAIT SYN-SENT', '170,594 170,638 368,638 368,240 358,240', 'start 180,628', '300,638'],
];

const TOP: readonly State[] = ['LISTEN', 'SYN-SENT', 'SYN-RECEIVED'];

function routeFrom([edge, points, label, badge]: Row): Route {
  const [from, to] = edge.split(' ') as [State, State];
  const [at, place, width] = label.split(' ') as [Place['at'], string, string?];
  const [x, y] = point(place);
  return {
    ...{ from, to, points: points.split(' ').map(point) },
    label: { at, x, y, ...(width === undefined ? {} : { width: Number(width) }) },
    badge: point(badge),
    isEnd: to === 'CLOSED' && !TOP.includes(from),
  };
}

const point = (text: string): Point => text.split(',').map(Number) as [number, number];

const BY_ENDS: ReadonlyMap<string, Route> = new Map(
  [...DRAWN, ...OTHERS].map((row) => [row[0], routeFrom(row)]),
);

export const routeOf = ({ from, to }: { from: State; to: State }): Route | undefined =>
  BY_ENDS.get(`${from} ${to}`);
