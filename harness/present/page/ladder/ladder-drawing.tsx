import type { JSX } from 'preact';
import { HOSTS } from '../../../evidence/events.ts';
import type { SegmentRow } from '../../ladder/types.ts';
import type { Axis } from './axis.ts';
import type { Geometry } from './geometry.ts';
import { Lane } from './lane.tsx';
import { useMarks } from '../contexts.ts';
import { heightOf, seqsOf, type ShownRow } from './rows.ts';
import type { Scene } from './scene.ts';
import type { View } from '../view.ts';
import { natureOf } from '../words.ts';

/** A segment takes time: its arrow falls at least so far, px. */
const FALL = 9;
/** Where in its row an arrow begins: below its label. */
const BELOW = 20;

export interface Drawn {
  row: ShownRow;
  y: number;
}

/** Lanes, arrows and the present moment: what is drawn below the words. */
export function LadderDrawing(props: {
  scene: Scene;
  axis: Axis;
  geometry: Geometry;
  view: View;
  drawn: readonly Drawn[];
  first: number;
  last: number;
  pick: (seq: number) => void;
}): JSX.Element {
  const { scene, axis, geometry, view, drawn, first, last, pick } = props;
  const marks = useMarks();
  const segments = drawn.filter(
    (one): one is Drawn & { row: SegmentRow } => one.row.kind === 'segment',
  );
  return (
    <svg class="drawing" width={geometry.width} height={axis.height}>
      {drawn.map(({ row, y }) =>
        row.kind === 'step' ? (
          <line
            key={row.seq}
            class="step-rule"
            x1={0}
            x2={geometry.width}
            y1={y + 10}
            y2={y + 10}
          />
        ) : null,
      )}
      {HOSTS.map((host) => (
        <Lane
          key={host}
          host={host}
          x={geometry[host]}
          {...{ scene, axis, view, first, last, marks, pick }}
        />
      ))}
      {segments.map(({ row, y }) => (
        <Arrow key={row.seq} {...{ row, y, axis, geometry, view, marks, pick }} />
      ))}
      {view.now < scene.end && (
        <line class="now" x1={0} x2={geometry.width} y1={axis.y(view.now)} y2={axis.y(view.now)} />
      )}
    </svg>
  );
}

interface ArrowProps {
  row: SegmentRow;
  y: number;
  axis: Axis;
  geometry: Geometry;
  view: View;
  marks: ReadonlySet<number>;
  pick: (seq: number) => void;
}

function Arrow({ row, y, axis, geometry, view, marks, pick }: ArrowProps): JSX.Element {
  const seqs = seqsOf(row);
  const [from, to] = row.from === 'server' ? HOSTS : [HOSTS[1], HOSTS[0]];
  const way = Math.sign(geometry[to] - geometry[from]);
  const y1 = y + BELOW;
  const arrival = row.arrived === undefined ? y1 : axis.y(row.arrived.t);
  const y2 = Math.max(y1 + FALL, arrival - heightOf(row) / 2 + BELOW);
  const x1 = geometry[from] + way * 6;
  const end = geometry[to] - way * 6;
  const isTaken = row.fate === 'arrived' && !row.ignored;
  const x2 = row.inside ? x1 + way * 46 : isTaken ? end : end - way * 34;
  const y3 = isTaken ? y2 : y1 + ((y2 - y1) * (x2 - x1)) / (end - x1);
  const classes = [
    'arrow',
    natureOf(row),
    ...(row.t > view.now ? ['later'] : []),
    ...(row.again ? ['again'] : []),
    ...(isTaken ? [] : ['lost']),
    ...(row.injected ? ['injected'] : []),
    ...(view.event !== undefined && seqs.includes(view.event) ? ['chosen'] : []),
    ...(seqs.some((seq) => marks.has(seq)) ? ['marked'] : []),
  ];
  return (
    <g
      class={classes.join(' ')}
      onClick={() => {
        pick(row.seq);
      }}
    >
      {row.heldFor !== undefined && (
        <Held x={geometry[from] + way * 8.5} y1={axis.y(row.t - row.heldFor)} y2={y1} />
      )}
      <line class="shaft" x1={x1} y1={y1} x2={x2} y2={y3} pathLength={1} />
      <Head x={x2} y={y3} angle={Math.atan2(y3 - y1, x2 - x1)} />
      {!isTaken && <Break x={x2 + way * 10} y={y3 + 2} />}
      <circle class="origin" cx={x1} cy={y1} r={2.2} />
    </g>
  );
}

const Head = ({ x, y, angle }: { x: number; y: number; angle: number }): JSX.Element => (
  <path
    class="head"
    d="M0 0 L-9 -4 L-9 4 Z"
    transform={`translate(${x} ${y}) rotate(${(angle * 180) / Math.PI})`}
  />
);

/** As in a terminal, `//`: no letter, since `x` is a sequence number's. */
const Break = ({ x, y }: { x: number; y: number }): JSX.Element => (
  <path class="break" d={`M${x - 6} ${y + 5} l6 -10 m6 0 l-6 10`} />
);

/** From when it was made to when the wire took it. */
const Held = ({ x, y1, y2 }: { x: number; y1: number; y2: number }): JSX.Element => (
  <path class="held" d={`M${x} ${y1} V${y2}`} />
);
