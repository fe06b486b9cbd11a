import type { JSX } from 'preact';
import { HOSTS } from '../evidence/events.ts';
import { useSay } from './say-context.ts';
import type { Scene } from './scene.ts';
import { StateName } from './state-name.tsx';
import type { View } from './view.ts';

/** The state that each end is in at the moment that is looked at. */
export function Diagrams({ scene, view }: { scene: Scene; view: View }): JSX.Element {
  const t = useSay();
  return (
    <section class="diagrams">
      {HOSTS.map((host) => {
        const band = scene.lanes[host].findLast(({ from }) => from <= view.now);
        return (
          <figure key={host}>
            <figcaption>{t(host)}</figcaption>
            <StateName state={band === undefined || band.to < view.now ? 'CLOSED' : band.state} />
          </figure>
        );
      })}
    </section>
  );
}
