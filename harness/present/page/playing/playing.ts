import { useEffect } from 'preact/hooks';
import type { Scene } from '../ladder/scene.ts';
import { positionOf, stepTo } from './stepping.ts';
import type { Change, View } from '../view.ts';

/** Milliseconds a row: long enough to read it. */
const PACE = 900;

/** While it plays, every view goes on by one row at a time, and stops at the end. */
export function usePlaying(scene: Scene, view: View, change: Change): void {
  useEffect(() => {
    if (!view.playing) return;
    const timer = setInterval(() => {
      change((current) => {
        const next = positionOf(scene, current) + 1;
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
