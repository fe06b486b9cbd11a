import type { CSSProperties, JSX } from 'preact';
import type { StateRow } from '../../ladder/types.ts';
import type { QueueRow } from '../queue/queue-rows.ts';
import { GAP, type Geometry } from './geometry.ts';
import { heightOf, seqsOf, type Focus, type ShownRow } from './rows.ts';
import { QueueAsides, RowWords, StateAsides } from './row-words.tsx';
import type { Scene } from './scene.ts';
import type { View } from '../view.ts';
import { seconds } from '../words.ts';
import { useMarks } from '../contexts.ts';

/** One row: when, and what, beside the host it happened at or on the wire between. */
export function LadderRow(props: {
  row: ShownRow;
  index: number;
  y: number;
  scene: Scene;
  view: View;
  geometry: Geometry;
  pick: (seq: number) => void;
  look: (focus: Focus) => void;
}): JSX.Element {
  const { row, index, y, scene, view, geometry, pick, look } = props;
  const before = scene.rows[index - 1];
  const isNewTime = before === undefined || seconds(before.t) !== seconds(row.t);
  const marks = useMarks();
  const seqs = seqsOf(row);
  const classes = [
    'row',
    row.kind,
    ...(geometry.names === 0 ? ['narrow'] : []),
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
        if (row.kind === 'others') look(row.connection);
        else pick(row.seq);
      }}
    >
      <span class="when">{isNewTime && seconds(row.t)}</span>
      <div class="what" style={placeOf(row, geometry)}>
        <RowWords
          row={row}
          number={row.kind === 'segment' ? scene.numbers.get(row) : undefined}
          plain={scene.plain}
        />
      </div>
      {(row.kind === 'state' || row.kind === 'queue') && (
        <div class="what aside" style={besides(row, geometry)}>
          {row.kind === 'state' ? <StateAsides row={row} /> : <QueueAsides row={row} />}
        </div>
      )}
    </div>
  );
}

/** What is said of a state beyond its name stands on the wire, past the name where that is there. */
function besides(
  { host }: StateRow | QueueRow,
  { names, server, client, width }: Geometry,
): CSSProperties {
  const past = names > 0 ? GAP : GAP + NAME;
  return host === 'server'
    ? { left: `${server + past}px`, right: `${width - client + GAP}px`, textAlign: 'left' }
    : { left: `${server + GAP}px`, right: `${width - client + past}px`, textAlign: 'right' };
}

/** Room for the longest state's name, px. */
const NAME = 106;

/** Beside the lane of its host, states outside as the textbooks have them; or between the lanes. */
function placeOf(row: ShownRow, { names, server, client, width }: Geometry): CSSProperties {
  const host = 'host' in row ? row.host : undefined;
  const wire = { left: `${server + GAP}px`, right: `${width - client + GAP}px` };
  if ((row.kind === 'state' || row.kind === 'queue') && names > 0) {
    return host === 'server'
      ? { right: `${width - server + GAP}px`, width: `${names + GAP}px`, textAlign: 'right' }
      : { left: `${client + GAP}px`, right: '0' };
  }
  if (host === undefined || row.kind === 'segment' || row.kind === 'action')
    return { ...wire, textAlign: 'center' };
  return { ...wire, textAlign: host === 'server' ? 'left' : 'right' };
}
