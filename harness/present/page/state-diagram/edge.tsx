import type { ComponentProps, JSX } from 'preact';
import type { Say } from '../../../texts/say.ts';
import { labelLines, type EdgeDrawn, type Visit } from './edges-drawn.ts';
import { headOf, pathOf } from './geometry.ts';
import type { Point } from './routes.ts';
import { edgeInWords } from './words.ts';

const LINE = 12.5;

/** An edge with its label; where it was visited, with its numbers, and to be chosen. */
export function EdgeLine({
  drawn,
  t,
  onPick,
}: {
  drawn: EdgeDrawn;
  t: Say;
  onPick: ((seq: number) => void) | undefined;
}): JSX.Element {
  const { route, visits } = drawn;
  const path = pathOf(route.points);
  const visit = visits.findLast(({ isOver }) => isOver) ?? visits[0];
  return (
    <g class={classOf(visit)} {...(visit && choosing(visit, t, onPick))}>
      {visit !== undefined && <path class="hit" d={path} />}
      <path class="line" d={path} />
      <path class="head" d={headOf(route.points)} />
      <Label {...drawn} />
      {visits.length > 0 && <Badge at={route.badge} visits={visits} />}
    </g>
  );
}

function classOf(visit: Visit | undefined): string {
  if (visit === undefined) return 'edge';
  return `edge visited ${visit.witness} ${visit.isOver ? 'over' : 'later'}`;
}

function choosing(
  visit: Visit,
  t: Say,
  onPick: ((seq: number) => void) | undefined,
): ComponentProps<'g'> {
  if (onPick === undefined) return {};
  const pick = (): void => {
    onPick(visit.seq);
  };
  return {
    role: 'button',
    // In SVG the attribute's name is taken as it is written.
    tabindex: 0,
    'aria-label': edgeInWords(visit, visit.number, t),
    onClick: pick,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      pick();
    },
  };
}

function Label({ edge, route: { label } }: EdgeDrawn): JSX.Element {
  const lines = labelLines(edge, label.width);
  const top = label.y - ((lines.length - 1) * LINE) / 2;
  return (
    <text class="label" text-anchor={label.at}>
      {lines.map((line, i) => (
        <tspan key={i} x={label.x} y={top + i * LINE} dominant-baseline="central">
          {line}
        </tspan>
      ))}
    </text>
  );
}

function Badge({ at: [x, y], visits }: { at: Point; visits: readonly Visit[] }): JSX.Element {
  const numbers = visits.map(({ number }) => number).join(' ');
  const width = 10 + numbers.length * 6;
  return (
    <g class="badge">
      <rect x={x - width / 2} y={y - 8} width={width} height={16} rx={8} />
      <text x={x} y={y} text-anchor="middle" dominant-baseline="central">
        {numbers}
      </text>
    </g>
  );
}
