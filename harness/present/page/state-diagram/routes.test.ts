import { describe, expect, test } from 'vitest';
import { EDGES, LINUX_EDGES } from '../../../tcp/states/edges.ts';
import { BOXES } from './boxes.ts';
import { edgesDrawn, labelLines, type EdgeDrawn } from './edges-drawn.ts';
import { headOf, pathOf } from './geometry.ts';
import { routeOf } from './routes.ts';

interface Area {
  of: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const overlap = (a: Area, b: Area): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const boxes: Area[] = BOXES.map(({ state, x, y, width, height }) => ({
  ...{ of: state, left: x, right: x + width, top: y, bottom: y + height },
}));

/** Letters of 11 units are about so wide and so far apart. */
const [LETTER, LINE] = [6.2, 12.5];

function labelArea({ edge, route: { from, to, label } }: EdgeDrawn): Area {
  const lines = labelLines(edge, label.width);
  const width = Math.max(...lines.map(({ length }) => length)) * LETTER;
  const left = label.x - { start: 0, middle: width / 2, end: width }[label.at];
  const half = (lines.length * LINE) / 2;
  return {
    ...{ of: `${from} -> ${to}`, left, right: left + width },
    ...{ top: label.y - half, bottom: label.y + half },
  };
}

/** The stretches of a line, as thin as lines are. */
const stretches = ({ route: { from, to, points } }: EdgeDrawn): Area[] =>
  points.slice(1).map(([x, y], i) => {
    const [x0, y0] = points[i] ?? [x, y];
    return {
      ...{ of: `${from} -> ${to}`, left: Math.min(x, x0), right: Math.max(x, x0) },
      ...{ top: Math.min(y, y0), bottom: Math.max(y, y0) },
    };
  });

const widened = (area: Area): Area => ({
  ...{ of: area.of, left: area.left - 0.5, right: area.right + 0.5 },
  ...{ top: area.top - 0.5, bottom: area.bottom + 0.5 },
});

/** The pairs that lie over one another. */
const clashes = (some: readonly Area[], others: readonly Area[]): string[] =>
  some.flatMap((a) =>
    others.flatMap((b) => (a.of !== b.of && overlap(a, b) ? [`${a.of} / ${b.of}`] : [])),
  );

const figure = edgesDrawn([], 0);
/** Every edge that is drawn only where it was visited, each for itself. */
const others = LINUX_EDGES.flatMap(({ from, to, when }) =>
  edgesDrawn([{ from, to, when, t: 0, seq: 0, witness: 'ss' }], 0).slice(-1),
);

describe('the drawing', () => {
  test('has a line for every edge that Linux has, and for all of the figure', () => {
    const missing = [...EDGES, ...LINUX_EDGES].filter(
      (edge) => routeOf(edge) === undefined && edge.linux === undefined,
    );
    expect(missing).toEqual([]);
    expect(figure).toHaveLength(21);
  });

  test('has no line through a box, nor through the label of another line', () => {
    for (const drawn of [figure, ...others.map((one) => [...figure, one])]) {
      const lines = drawn.flatMap(stretches);
      const through = boxes.map((box) => ({ ...box, of: 'box' }));
      expect(clashes(lines, through)).toEqual([]);
    }
    expect(clashes(figure.flatMap(stretches).map(widened), figure.map(labelArea))).toEqual([]);
  });

  test('has no label over another or over a box', () => {
    const labels = figure.map(labelArea);
    expect(clashes(labels, labels)).toEqual([]);
    expect(clashes(labels, boxes)).toEqual([]);
  });

  test.each(
    [...figure, ...others].map((one) => [`${one.route.from} -> ${one.route.to}`, one] as const),
  )(
    '%s: begins and ends at its boxes, its number on the line and beside its label',
    (_name, drawn) => {
      const { points, badge, from, to, isEnd } = drawn.route;
      const touches = ([x, y]: readonly [number, number], state: string): boolean =>
        BOXES.some(
          (box) =>
            box.state === state &&
            (state !== 'CLOSED' || state === from || (box.isEnd === true) === isEnd) &&
            x >= box.x &&
            x <= box.x + box.width &&
            y >= box.y &&
            y <= box.y + box.height,
        );
      expect(touches(points[0] ?? [0, 0], from)).toBe(true);
      expect(touches(points.at(-1) ?? [0, 0], to)).toBe(true);
      const around = { of: 'number', left: badge[0] - 8, right: badge[0] + 8 };
      const area = { ...around, top: badge[1] - 8, bottom: badge[1] + 8 };
      const middle = {
        of: 'number',
        left: badge[0],
        right: badge[0],
        top: badge[1],
        bottom: badge[1],
      };
      expect(stretches(drawn).some((one) => overlap(widened(one), widened(middle)))).toBe(true);
      expect(clashes([area], [labelArea(drawn)])).toEqual([]);
    },
  );
});

test('lines are rounded at their corners and end at their heads', () => {
  const points = [
    [0, 0],
    [20, 0],
    [20, 30],
  ] as const;
  expect(pathOf(points)).toBe('M0,0 L13,0 Q20,0 20,7 L20,24');
  expect(headOf(points)).toBe('M20,30 L23.6,23 L16.4,23 Z');
});
