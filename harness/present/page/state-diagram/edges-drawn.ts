import type { VisitedEdge } from './visited-edges.ts';
import { EDGES, LINUX_EDGES, type Edge } from '../../../tcp/states/edges.ts';
import { routeOf, type Route } from './routes.ts';

/** A visit of an edge; `number` counts all that an end went along, from 1. */
export interface Visit extends VisitedEdge {
  number: number;
  /** It has been by now. */
  isOver: boolean;
}

/** What is drawn between two states. */
export interface EdgeDrawn {
  route: Route;
  edge: Edge;
  visits: readonly Visit[];
}

/** The edges that the figure draws, and all that were visited: these are on top, in order. */
export function edgesDrawn(visited: readonly VisitedEdge[], now: number): EdgeDrawn[] {
  const visits = visited.map((one, i) => ({ ...one, number: i + 1, isOver: one.t <= now }));
  const all = new Map<Route, EdgeDrawn>();
  for (const edge of [...EDGES, ...LINUX_EDGES]) {
    const route = routeOf(edge);
    if (route === undefined) continue;
    const own = visits.filter(({ from, to }) => from === edge.from && to === edge.to);
    const isIt = own.length > 0 && own.at(-1)?.when === edge.when;
    const isOfFigure = edge.note !== 3 && edge.note !== 'Linux';
    if (isIt || ((isOfFigure || own.length > 0) && !all.has(route)))
      all.set(route, { route, edge, visits: own });
  }
  return [...all.values()].sort((a, b) => firstOf(a) - firstOf(b));
}

const firstOf = ({ visits }: EdgeDrawn): number => visits[0]?.number ?? 0;

/** As far down as it needs. */
export const bottomOf = (drawn: readonly EdgeDrawn[]): number =>
  Math.max(630, ...drawn.flatMap(({ route }) => route.points.map(([, y]) => y + 14)));

/** Marks of the figure's notes, of what only Linux has, and of what it has not. */
export const markOf = ({ note, linux }: Edge): string => {
  if (linux !== undefined) return '*';
  return note === undefined ? '' : { 1: '¹', 2: '²', 3: '³', Linux: '†' }[note];
};

/** As many characters as fit beside an upright line. */
const WIDTH = 12;

/** `rcv SYN / snd SYN,ACK` in lines: the event, then what TCP does, each no longer than `width`. */
export function labelLines(edge: Edge, width = WIDTH): string[] {
  const marked = `${edge.when}${markOf(edge)}`;
  if (marked.length <= width) return [marked];
  return marked.split(' / ').flatMap((part) => wrapped(part, width));
}

/** Between words, but not behind `of`; where there is a comma, behind that. */
function wrapped(part: string, width: number): string[] {
  if (part.length <= width) return [part];
  const [first = '', rest] = part.split(/(?<=,) /);
  if (rest !== undefined) return [first, ...wrapped(rest, width)];
  const lines: string[] = [];
  for (const word of part.split(/(?<! of) /)) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
