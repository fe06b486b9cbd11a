import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { HOSTS, type HostName } from '../../../evidence/events.ts';
import { useSay } from '../contexts.ts';
import { Legend } from './legend.tsx';
import { StateDiagram } from './state-diagram.tsx';
import { StateName } from './state-name.tsx';
import type { Looking } from '../view.ts';

type Shown = HostName | 'both';
const CHOICES: readonly Shown[] = ['server', 'client', 'both'];

/** From this height on two diagrams below each other can be read. */
const ROOM_FOR_BOTH = '(min-height: 780px)';

/** The ways of both ends through the state diagram, up to the moment that is looked at. */
export function Ends({
  scene: { visited, lanes },
  view: { now },
  pick,
}: Looking): JSX.Element | null {
  const t = useSay();
  const [shown, show] = useState<Shown>(() =>
    matchMedia(ROOM_FOR_BOTH).matches ? 'both' : 'server',
  );
  if (visited === undefined) return null;
  return (
    <section class={`diagrams ${shown}`}>
      <div class="choice" role="group" aria-label={t('state diagrams')}>
        <Legend t={t} />
        {CHOICES.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === shown}
            onClick={() => {
              show(one);
            }}
          >
            {t(one)}
          </button>
        ))}
      </div>
      {HOSTS.map((host) => {
        const band = lanes[host].findLast(({ from, to }) => from <= now && now <= to);
        const { states, edges } = visited[host];
        return (
          <figure key={host} class={`diagram ${host}`}>
            <figcaption>
              {t(host)} <StateName state={band?.state ?? 'CLOSED'} />
            </figcaption>
            <StateDiagram
              host={host}
              visited={states}
              edges={edges}
              now={now}
              t={t}
              onPick={pick}
            />
          </figure>
        );
      })}
    </section>
  );
}
