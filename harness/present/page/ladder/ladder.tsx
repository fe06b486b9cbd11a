import type { CSSProperties, JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { axisOf, firstAfter } from './axis.ts';
import { geometryOf } from './geometry.ts';
import { LadderDrawing } from './ladder-drawing.tsx';
import { LadderRow } from './ladder-row.tsx';
import type { Scene } from './scene.ts';
import { heightOf, type Focus } from './rows.ts';
import { useSay } from '../contexts.ts';
import type { Change, View } from '../view.ts';

/** Rows beyond the visible ones that are drawn as well, px. */
const MARGIN = 600;
const FOOT = 40;

/** The packet ladder between the two lanes. Only what can be seen is drawn, however long the run. */
export function Ladder({
  scene,
  view,
  change,
}: {
  scene: Scene;
  view: View;
  change: Change;
}): JSX.Element {
  const t = useSay();
  const { rows } = scene;
  const axis = useMemo(
    () =>
      axisOf(
        rows.map((row) => ({ t: row.t, height: heightOf(row) })),
        view.zoom,
      ),
    [rows, view.zoom],
  );
  const box = useRef<HTMLDivElement>(null);
  const { width, height, top } = useWindow(box);
  const geometry = geometryOf(width);
  const [first, last] = [top - MARGIN, top + height + MARGIN];
  const drawn = rows.flatMap((row, index) => {
    const y = axis.tops[index] ?? 0;
    return y + heightOf(row) >= first && y <= last ? [{ row, y, index }] : [];
  });
  const focusRow = rowToShow(scene, view);
  useEffect(() => {
    const y = focusRow === undefined ? undefined : axis.tops[focusRow];
    if (y !== undefined && box.current !== null) keepInSight(box.current, y);
  }, [focusRow, axis]);
  const pick = (event: number): void => {
    change({ event, now: scene.timeOf(event), playing: false });
  };
  const look = (focus: Focus): void => {
    change({ focus, event: undefined, now: scene.end, playing: false });
  };
  return (
    <div class="ladder" aria-hidden="true">
      <div class="ladder-head" style={columns(geometry)}>
        <span class="head-server">{t('server')}</span>
        <span class="head-client">{t('client')}</span>
      </div>
      <div class="ladder-box" ref={box} tabIndex={-1}>
        <div class="ladder-all" style={{ height: `${axis.height + FOOT}px` }}>
          <LadderDrawing {...{ scene, axis, geometry, view, drawn, first, last, pick }} />
          {drawn.map(({ row, y, index }) => (
            <LadderRow key={index} {...{ row, index, y, scene, view, geometry, pick, look }} />
          ))}
          {axis.folds
            .filter(({ y }) => y >= first && y <= last)
            .map((fold) => (
              <Fold key={fold.y} {...fold} />
            ))}
        </div>
      </div>
    </div>
  );
}

function Fold({ y, length }: { y: number; length: number }): JSX.Element {
  const t = useSay();
  return (
    <div class="fold" style={{ top: `${y}px` }}>
      <span>
        {t('{seconds} s pass', { seconds: (length / 1e9).toFixed(length < 1e10 ? 2 : 1) })}
      </span>
    </div>
  );
}

const columns = ({ server, client }: { server: number; client: number }): CSSProperties => ({
  '--server': `${server}px`,
  '--client': `${client}px`,
});

/** The row at the chosen event, or the last one before the moment that is looked at. */
function rowToShow({ rows, rowOf, end }: Scene, { event, now }: View): number | undefined {
  const chosen = event === undefined ? undefined : rowOf.get(event);
  if (chosen !== undefined) return chosen;
  return now >= end ? undefined : Math.max(0, firstAfter(rows, now) - 1);
}

function keepInSight(box: HTMLDivElement, y: number): void {
  const { scrollTop, clientHeight } = box;
  const room = Math.min(80, clientHeight / 4);
  if (y >= scrollTop + room && y <= scrollTop + clientHeight - room - 40) return;
  box.scrollTop = y - clientHeight / 3;
}

/** What part of a scrolled box can be seen. Before anybody has looked: all that paper would show. */
function useWindow(box: { current: HTMLDivElement | null }): {
  width: number;
  height: number;
  top: number;
} {
  const [window_, set] = useState({ width: 720, height: 800, top: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = (): void => {
      const { clientWidth: width, clientHeight: height, scrollTop: top } = element;
      set((old) =>
        old.width === width && old.height === height && old.top === top
          ? old
          : { width, height, top },
      );
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    // On paper nothing is scrolled: all of it is drawn.
    const lookAtAll = (): void => {
      set((old) => ({ ...old, height: Infinity }));
    };
    addEventListener('beforeprint', lookAtAll);
    addEventListener('afterprint', look);
    look();
    return () => {
      removeEventListener('beforeprint', lookAtAll);
      removeEventListener('afterprint', look);
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  return window_;
}
