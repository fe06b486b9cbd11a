import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { HostName } from '../../../evidence/events.ts';
import type { VisitedEdge, VisitedState } from './visited-edges.ts';
import type { Say } from '../../../texts/say.ts';
import { StateBox, type Standing } from './box.tsx';
import { BOXES, DRAWING, type Box } from './boxes.ts';
import { EdgeLine } from './edge.tsx';
import { bottomOf, edgesDrawn } from './edges-drawn.ts';
import { routeOf } from './routes.ts';
import { titleInWords, wayInWords } from './words.ts';

export interface StateDiagramProps {
  host: HostName;
  /** The way of the host's end, in order (`visitedEdges`). */
  visited: readonly VisitedState[];
  edges: readonly VisitedEdge[];
  /** The moment that is shown, ns since the run began. */
  now: number;
  t: Say;
  /** An edge was chosen, by the event that tells of it. */
  onPick?: (seq: number) => void;
}

/** Figure 5 of RFC 9293, with the way that one end of a connection took through it. */
export function StateDiagram(props: StateDiagramProps): JSX.Element {
  const { host, visited, edges, now, t, onPick } = props;
  const id = useId();
  const drawn = edgesDrawn(edges, now);
  const { x, y, width } = DRAWING;
  return (
    <div class="state-diagram">
      <svg
        viewBox={`${x} ${y} ${width} ${bottomOf(drawn) - y}`}
        role={onPick === undefined ? 'img' : 'group'}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-way`}
      >
        <title id={`${id}-title`}>{titleInWords(host, t)}</title>
        <desc id={`${id}-way`}>{wayInWords(edges, now, t)}</desc>
        {drawn.map((one) => (
          <EdgeLine key={`${one.route.from} ${one.route.to}`} drawn={one} {...{ t, onPick }} />
        ))}
        {BOXES.map((box) => (
          <StateBox
            key={`${box.state} ${box.y}`}
            box={box}
            standing={standingOf(box, visited, edges, now)}
          />
        ))}
      </svg>
    </div>
  );
}

/** Visits of one box: a visit of CLOSED is one of the box that the edge before it leads to. */
function standingOf(
  box: Box,
  visited: readonly VisitedState[],
  edges: readonly VisitedEdge[],
  now: number,
): Standing {
  const visits = visited.filter((one) => one.state === box.state && isHere(box, one, edges));
  const last = visits.findLast(({ t }) => t <= now);
  const [first] = visits;
  if (first === undefined) return { is: 'never' };
  if (last === undefined) return { is: 'later', witness: first.witness };
  const isCurrent = visited.findLast(({ t }) => t <= now) === last;
  return { is: isCurrent ? 'current' : 'visited', witness: last.witness };
}

function isHere(box: Box, { t, state }: VisitedState, edges: readonly VisitedEdge[]): boolean {
  if (state !== 'CLOSED') return true;
  const edge = edges.find((one) => one.t === t && one.to === state);
  const isEnd = edge !== undefined && routeOf(edge)?.isEnd === true;
  return isEnd === (box.isEnd === true);
}
