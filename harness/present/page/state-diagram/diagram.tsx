import type { JSX } from 'preact';
import type { HostName } from '../../../evidence/events.ts';
import { useSay } from '../contexts.ts';
import type { Scene } from '../ladder/scene.ts';
import { StateDiagram } from './state-diagram.tsx';
import { StateName } from './state-name.tsx';
import type { View } from '../view.ts';

/** The way of one end through the state diagram, up to the moment that is looked at. */
export function Diagram({
  host,
  scene: { visited, lanes },
  view: { now },
  pick,
}: {
  host: HostName;
  scene: Scene;
  view: View;
  pick: (seq: number) => void;
}): JSX.Element | null {
  const t = useSay();
  if (visited === undefined) return null;
  const band = lanes[host].findLast(({ from, to }) => from <= now && now <= to);
  const { states, edges } = visited[host];
  return (
    <figure class="diagram">
      <figcaption>
        {t(host)} <StateName state={band?.state ?? 'CLOSED'} />
      </figcaption>
      <StateDiagram host={host} visited={states} edges={edges} now={now} t={t} onPick={pick} />
    </figure>
  );
}
