import { useEffect } from 'preact/hooks';
import type { Scene } from '../ladder/scene.ts';
import { besides, stepTo } from './playing.ts';
import type { Change, View } from '../view.ts';

/** Arrows step through the events, Home and End go to the ends, space plays, Escape shows all. */
export function useKeyboard(scene: Scene, view: View, change: Change, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const act = (key: string): Partial<View> | undefined => {
      const to = (index: number): Partial<View> => ({ ...stepTo(scene, index), playing: false });
      switch (key) {
        case 'ArrowRight':
        case 'ArrowDown':
          return to(besides(scene, view, 1));
        case 'ArrowLeft':
        case 'ArrowUp':
          return to(besides(scene, view, -1));
        case 'Home':
          return to(0);
        case 'End':
          return to(scene.rows.length - 1);
        case ' ':
          return { playing: !view.playing };
        case 'Escape':
          return { ...to(scene.rows.length), expectation: undefined };
        default:
          return undefined;
      }
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || takesKeys(event)) return;
      const next = act(event.key);
      if (next === undefined) return;
      event.preventDefault();
      change(next);
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, [scene, view, isOn]);
}

/** What uses this key itself: fields take all, buttons are pressed by space. */
function takesKeys({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.matches('input, select, textarea') || target.closest('dialog') !== null) return true;
  if (target.matches('[role=tab]') && key.startsWith('Arrow')) return true;
  return key === ' ' && target.matches('button, summary, a');
}
