import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Scene } from '../ladder/scene.ts';
import { StateName } from '../state-diagram/state-name.tsx';
import { firstToClose, leftInTimeWait, storyOf } from './story.ts';
import { useSay } from '../contexts.ts';
import type { Looking } from '../view.ts';
import { seconds } from '../words.ts';

/** Who moved into which state, and why: the run in a few lines. */
export function Turns({ scene, view, pick }: Looking): JSX.Element | null {
  const t = useSay();
  const turns = useMemo(() => storyOf(scene, t), [scene, t]);
  const list = useRef<HTMLOListElement>(null);
  // While somebody steps through the run, the list follows.
  useEffect(() => {
    list.current?.querySelector('.chosen')?.scrollIntoView({ block: 'nearest' });
  }, [view.event]);
  if (turns.length === 0) return null;
  return (
    <section class="turns">
      <h2>{t('How the states changed')}</h2>
      <Lead scene={scene} />
      <ol ref={list}>
        {turns.map(({ row, why }) => (
          <li key={row.seq} class={`${row.host} ${row.t > view.now ? 'later' : ''}`}>
            <button
              type="button"
              class={view.event === row.seq ? 'chosen' : ''}
              onClick={() => {
                pick(row.seq);
              }}
            >
              <span class="when">{seconds(row.t)}</span>
              <span class="who">{t(row.host)}</span>
              <StateName state={row.state} />
              <span class="why">{why}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The question that every closing begins with, and what is left of it at the end. */
function Lead({ scene }: { scene: Scene }): JSX.Element | null {
  const t = useSay();
  const [first, both] = firstToClose(scene);
  const [left, bothLeft] = leftInTimeWait(scene);
  if (first === undefined) return null;
  return (
    <p class="lead">
      {both !== undefined
        ? t('Both closed before they had heard of each other.')
        : first === 'server'
          ? t('The server closed first.')
          : t('The client closed first.')}{' '}
      {bothLeft !== undefined
        ? t('Both ends are left in TIME-WAIT: no process has them, and their ports stay taken.')
        : left === 'server'
          ? t("The server's end is left in TIME-WAIT: no process has it, and its port stays taken.")
          : left === 'client'
            ? t(
                "The client's end is left in TIME-WAIT: no process has it, and its port stays taken.",
              )
            : ''}
    </p>
  );
}
