import type { CSSProperties, JSX } from 'preact';
import type { Row } from '../report/ladder/types.ts';
import type { Geometry } from './geometry.ts';
import { heightOf, seqsOf } from './rows.ts';
import { RowWords } from './row-words.tsx';
import type { Scene } from './scene.ts';
import type { View } from './view.ts';
import { seconds } from './words.ts';
import { useMarks } from './marks-context.ts';

/** One row: when, and what, beside the host it happened at or on the wire between. */
export function LadderRow(props: {
  row: Row;
  y: number;
  scene: Scene;
  view: View;
  geometry: Geometry;
  pick(seq: number): void;
}): JSX.Element {
  const { row, y, scene, view, geometry, pick } = props;
  const marks = useMarks();
  const seqs = seqsOf(row);
  const classes = [
    'row',
    row.kind,
    ...(row.t > view.now ? ['later'] : []),
    ...(view.event !== undefined && seqs.includes(view.event) ? ['chosen'] : []),
    ...(seqs.some((seq) => marks.has(seq)) ? ['marked'] : []),
  ];
  return (
    <div
      class={classes.join(' ')}
      data-seq={row.seq}
      style={{ top: `${y}px`, height: `${heightOf(row)}px` }}
      onClick={() => {
        pick(row.seq);
      }}
    >
      <span class="when">{seconds(row.t)}</span>
      <div class="what" style={placeOf(row, geometry)}>
        <RowWords row={row} number={row.kind === 'segment' ? scene.numbers.get(row) : undefined} />
      </div>
    </div>
  );
}

/** Between the lanes, or beside the one it belongs to. */
function placeOf(row: Row, { notes, server, client, width }: Geometry): CSSProperties {
  const margin = 12;
  const host = 'host' in row ? row.host : undefined;
  if (row.kind === 'step') return { left: '0', right: '0' };
  const wire = { left: `${server + margin}px`, right: `${width - client + margin}px` };
  if (host === undefined || row.kind === 'segment') return { ...wire, textAlign: 'center' };
  const textAlign = (host === 'server') === notes > 0 ? 'right' : 'left';
  if (notes === 0) return { ...wire, textAlign };
  return host === 'server'
    ? { left: `${server - notes - margin}px`, width: `${notes}px`, textAlign }
    : { left: `${client + margin}px`, width: `${notes}px`, textAlign };
}
