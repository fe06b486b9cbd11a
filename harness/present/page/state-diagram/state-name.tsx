import type { JSX } from 'preact';
import type { State } from '../../../tcp/states/state.ts';

/** A state by its name and in its colour. */
export const StateName = ({ state }: { state: State }): JSX.Element => (
  <b class={`state-name s-${state}`}>{state}</b>
);
