import { useEffect } from 'preact/hooks';
import type { Scene } from '../ladder/scene.ts';
import { besides, stepTo } from './playing.ts';
import type { Change, View } from '../view.ts';

type Act = (scene: Scene, view: View) => Partial<View>;

const to = (scene: Scene, index: number): Partial<View> => ({
  ...stepTo(scene, index),
  playing: false,
});
const next: Act = (scene, view) => to(scene, besides(scene, view, 1));
const before: Act = (scene, view) => to(scene, besides(scene, view, -1));

/** Arrows step through the events, Home and End go to the ends, space plays, Escape shows all. */
const KEYS: Readonly<Record<string, Act>> = {
  ArrowRight: next,
  ArrowDown: next,
  ArrowLeft: before,
  ArrowUp: before,
  Home: (scene) => to(scene, 0),
  End: (scene) => to(scene, scene.rows.length - 1),
  ' ': (_scene, { playing }) => ({ playing: !playing }),
  Escape: (scene) => ({ ...to(scene, scene.rows.length), expectation: undefined }),
};

export function useKeyboard(scene: Scene, change: Change, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || takesKeys(event)) return;
      const act = KEYS[event.key];
      if (act === undefined) return;
      event.preventDefault();
      // Keys may come faster than pictures: each goes on from where the one before has led.
      change((view) => act(scene, view));
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, [scene, isOn]);
}

/** What uses this key itself: fields take all, buttons are pressed by space. */
function takesKeys({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.matches('input, select, textarea') || target.closest('dialog') !== null) return true;
  if (target.matches('[role=tab]') && key.startsWith('Arrow')) return true;
  return key === ' ' && target.matches('button, summary, a');
}
