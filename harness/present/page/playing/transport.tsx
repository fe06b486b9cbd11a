import type { JSX } from 'preact';
import type { Scene } from '../ladder/scene.ts';
import { useSay } from '../contexts.ts';
import { besides, positionOf, stepTo } from './playing.ts';
import type { Change, View } from '../view.ts';
import { seconds } from '../words.ts';

const ZOOMS = [0, 0.5, 1, 2, 4, 8];

/** Play, step and scrub: the one place that says which moment every view shows. */
export function Transport({
  scene,
  view,
  change,
}: {
  scene: Scene;
  view: View;
  change: Change;
}): JSX.Element {
  const t = useSay();
  const { rows, end } = scene;
  const at = positionOf(scene, view);
  const moment = rows[at]?.t ?? view.now;
  const go = (index: number) => () => {
    change({ ...stepTo(scene, index), playing: false });
  };
  const zoomBy = (by: number) => () => {
    change(({ zoom }) => ({ zoom: ZOOMS[ZOOMS.indexOf(zoom) + by] ?? zoom }));
  };
  return (
    <div class="transport" role="toolbar" aria-label={t('Time')}>
      <button
        type="button"
        class="play"
        aria-label={view.playing ? t('Pause') : t('Play')}
        title={`${view.playing ? t('Pause') : t('Play')} (${t('space')})`}
        onClick={() => {
          change(({ playing }) => ({ playing: !playing }));
        }}
      >
        {view.playing ? '❚❚' : '▶'}
      </button>
      <button
        type="button"
        aria-label={t('Event before')}
        title={`${t('Event before')} (←)`}
        onClick={go(besides(scene, view, -1))}
      >
        ‹
      </button>
      <button
        type="button"
        aria-label={t('Next event')}
        title={`${t('Next event')} (→)`}
        onClick={go(besides(scene, view, 1))}
      >
        ›
      </button>
      <output class="clock">
        {seconds(moment)} s<small>{at < 0 ? t('all events') : `${at + 1} / ${rows.length}`}</small>
      </output>
      <input
        type="range"
        aria-label={t('Moment')}
        min={0}
        max={rows.length}
        value={at < 0 ? rows.length : at}
        aria-valuetext={`${seconds(moment)} s`}
        onInput={({ currentTarget }) => {
          change({ ...stepTo(scene, Number(currentTarget.value)), playing: false });
        }}
      />
      <button
        type="button"
        class="all"
        disabled={view.now >= end && view.event === undefined}
        onClick={go(rows.length)}
      >
        {t('Show all')}
      </button>
      <span class="zoom">
        <button type="button" aria-label={t('Zoom out')} title={t('Zoom out')} onClick={zoomBy(-1)}>
          −
        </button>
        <button type="button" aria-label={t('Zoom in')} title={t('Zoom in')} onClick={zoomBy(1)}>
          +
        </button>
      </span>
    </div>
  );
}
