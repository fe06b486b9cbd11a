import type { ExpectationRow } from '../ladder/types.ts';
import type { Focus } from './ladder/rows.ts';
import type { Scene } from './ladder/scene.ts';

/** What is being looked at. */
export interface View {
  focus: Focus;
  /** The moment, ns; what comes later is dimmed. */
  now: number;
  /** The chosen event. */
  event?: number | undefined;
  /** The chosen expectation, by its id. */
  expectation?: number | undefined;
  /** 1 is what fits a reader; more shows time by length. */
  zoom: number;
  playing: boolean;
}

export type Change = (change: Partial<View> | ((view: View) => Partial<View>)) => void;

/** What shows the run at the moment, and leads to one of its events. */
export interface Looking {
  scene: Scene;
  view: View;
  pick: (seq: number) => void;
}

/** ... and to what met or broke an expectation. */
export interface Choosing extends Looking {
  choose: (row: ExpectationRow) => void;
}

/** `#e=62` is an event, `#t=0.593` a moment in seconds. */
export function fromHash(hash: string): { event: number } | { now: number } | undefined {
  const [, kind, value] = /^#([et])=(\d+(?:\.\d+)?)$/.exec(hash) ?? [];
  if (value === undefined) return undefined;
  return kind === 'e' ? { event: Number(value) } : { now: Math.round(Number(value) * 1e9) };
}

export function toHash({ event, now }: View, end: number): string {
  if (event !== undefined) return `#e=${event}`;
  return now >= end ? '' : `#t=${(now / 1e9).toFixed(6)}`;
}
