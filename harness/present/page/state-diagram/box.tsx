import type { JSX } from 'preact';
import { EDGES } from '../../../tcp/states/edges.ts';
import type { Witness } from '../../../history/ends.ts';
import type { Box } from './boxes.ts';

const LINE = 13;

/** How a state stands at the moment: `later` will be visited. */
export interface Standing {
  is: 'never' | 'later' | 'visited' | 'current';
  witness?: Witness;
}

/** A state. A raised 3 says that note 3 of the figure is about it: a reset ends it. */
export function StateBox({ box, standing }: { box: Box; standing: Standing }): JSX.Element {
  const { state, lines, x, y, width, height, isEnd } = box;
  const middle = y + height / 2 - ((lines.length - 1) * LINE) / 2;
  const classes = ['box', `s-${state}`, standing.is, standing.witness ?? '', isEnd ? 'again' : ''];
  return (
    <g class={classes.join(' ').trim()}>
      <rect {...{ x, y, width, height }} rx={6} />
      <text text-anchor="middle">
        {lines.map((line, i) => (
          <tspan key={line} x={x + width / 2} y={middle + i * LINE} dominant-baseline="central">
            {line}
          </tspan>
        ))}
      </text>
      {RESET.has(state) && (
        <text class="mark" x={x + width - 4} y={y + 12} text-anchor="end">
          ³
        </text>
      )}
    </g>
  );
}

const RESET: ReadonlySet<string> = new Set(
  EDGES.filter(({ note }) => note === 3).map(({ from }) => from),
);
