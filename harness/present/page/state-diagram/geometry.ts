import type { Point } from './routes.ts';

const RADIUS = 7;
const HEAD = { length: 7, half: 3.6 };

/** A path through the points, its corners rounded, that ends where its arrow's head begins. */
export function pathOf(points: readonly Point[]): string {
  const [begin = [0, 0], ...rest] = points;
  const last = points.at(-1) ?? begin;
  const corners = rest.slice(0, -1).map((corner, i) => {
    const before = points[i] ?? corner;
    const after = rest[i + 1] ?? corner;
    const [a, b] = [towards(corner, before, RADIUS), towards(corner, after, RADIUS)];
    return `L${text(a)} Q${text(corner)} ${text(b)}`;
  });
  const end = towards(last, points.at(-2) ?? begin, HEAD.length - 1);
  return [`M${text(begin)}`, ...corners, `L${text(end)}`].join(' ');
}

/** The head of the arrow at the end of the points. */
export function headOf(points: readonly Point[]): string {
  const [before = [0, 0], tip = [0, 0]] = points.slice(-2);
  const [x, y] = towards(tip, before, HEAD.length);
  const isUpright = before[0] === tip[0];
  const [dx, dy] = isUpright ? [HEAD.half, 0] : [0, HEAD.half];
  return `M${text(tip)} L${text([x + dx, y + dy])} L${text([x - dx, y - dy])} Z`;
}

/** `distance` from one point to another that is beside, above or below it; half the way at most. */
function towards([x, y]: Point, [toX, toY]: Point, distance: number): Point {
  const length = Math.abs(toX - x) + Math.abs(toY - y);
  const part = length === 0 ? 0 : Math.min(distance / length, 0.5);
  return [x + (toX - x) * part, y + (toY - y) * part];
}

const text = ([x, y]: Point): string => `${round(x)},${round(y)}`;
const round = (value: number): number => Math.round(value * 10) / 10;
