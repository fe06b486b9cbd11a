import type { JSX } from 'preact';
import type { HostName } from '../../../evidence/events.ts';
import type { Axis } from './axis.ts';
import type { Band } from './lanes.ts';
import type { Scene } from './scene.ts';
import type { View } from '../view.ts';

const WIDTH = 10;

/** One host's time: the states that its end is in, and when `ss` looked. */
export function Lane(props: {
  host: HostName;
  x: number;
  scene: Scene;
  axis: Axis;
  view: View;
  first: number;
  last: number;
  marks: ReadonlySet<number>;
  pick: (seq: number) => void;
}): JSX.Element {
  const { host, x, scene, axis, view, first, last, marks, pick } = props;
  const bands = scene.lanes[host].map((band) => ({ band, ...extent(band, scene, axis) }));
  const looks = scene.looks
    .filter((look) => look.host === host)
    .map((look) => ({ ...look, y: axis.y(look.t) }));
  return (
    <g class={`lane ${host}`}>
      <line class="life" x1={x} x2={x} y1={0} y2={axis.height} />
      {bands
        .filter(({ y1, y2 }) => y2 >= first && y1 <= last)
        .map(({ band, y1, y2 }) => (
          <rect
            key={band.from}
            class={`band s-${band.state} ${band.witness} ${band.from > view.now ? 'later' : ''}`}
            x={x - WIDTH / 2}
            width={WIDTH}
            y={y1}
            height={Math.max(3, y2 - y1)}
            rx={3}
          >
            <title>{band.state}</title>
          </rect>
        ))}
      {looks
        .filter(({ y }) => y >= first && y <= last)
        .map(({ seq, y, t }) => (
          <circle
            key={seq}
            class={`look ${marks.has(seq) ? 'marked' : ''} ${view.event === seq ? 'chosen' : ''} ${t > view.now ? 'later' : ''}`}
            data-seq={seq}
            cx={x}
            cy={y}
            r={marks.has(seq) || view.event === seq ? 5.5 : 3}
            onClick={() => {
              pick(seq);
            }}
          >
            <title>ss</title>
          </circle>
        ))}
    </g>
  );
}

/** The last state lasts to the paper's end: the run is over, the state is not. */
function extent(band: Band, { end }: Scene, axis: Axis): { y1: number; y2: number } {
  return { y1: axis.y(band.from), y2: band.to >= end ? axis.height : axis.y(band.to) - 1 };
}
