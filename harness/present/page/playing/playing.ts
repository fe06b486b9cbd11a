import { useEffect } from 'preact/hooks';
import type { Scene } from '../ladder/scene.ts';
import type { Change, View } from '../view.ts';
import { firstAfter } from '../ladder/axis.ts';

/** Milliseconds a row: long enough to read it. */
const PACE = 900;

/** While it plays, every view goes on by one row at a time, and stops at the end. */
export function usePlaying(scene: Scene, view: View, change: Change): void {
  useEffect(() => {
    if (!view.playing) return;
    const timer = setInterval(() => {
      change((current) => {
        const next = besides(scene, current, 1);
        return next >= scene.rows.length
          ? { ...stepTo(scene, next), playing: false }
          : stepTo(scene, next);
      });
    }, PACE);
    return () => {
      clearInterval(timer);
    };
  }, [scene, view.playing]);
}

/** The index of the row that is looked at; -1 when the whole run is. */
export function positionOf({ rows, rowOf, end }: Scene, { event, now }: View): number {
  const chosen = event === undefined ? undefined : rowOf.get(event);
  if (chosen !== undefined) return chosen;
  return now >= end ? -1 : Math.max(0, firstAfter(rows, now) - 1);
}

/** The index of the row that is looked at next, or was before; two rows of one event are one step. */
export function besides(scene: Scene, view: View, by: 1 | -1): number {
  const { rows } = scene;
  const at = positionOf(scene, view);
  let next = at + by;
  while (at >= 0 && rows[next] !== undefined && rows[next]?.seq === rows[at]?.seq) next += by;
  return next;
}

/** What is looked at at a row; before the first there is none, after the last comes the whole run. */
export function stepTo(scene: Scene, index: number): Partial<View> {
  // -2 is one before "the whole run": its last row.
  const wanted = index === -2 ? scene.rows.length - 1 : Math.max(0, index);
  const row = scene.rows[wanted];
  return row === undefined ? { now: scene.end, event: undefined } : { now: row.t, event: row.seq };
}
