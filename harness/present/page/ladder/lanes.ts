import type { HostName } from '../../../evidence/events.ts';
import type { StateRow } from '../../ladder/types.ts';
import type { State } from '../../../tcp/states/state.ts';
import type { Focus, ShownRow } from './rows.ts';

/** A stretch of time that an end spends in a state. */
export interface Band {
  state: State;
  witness: StateRow['witness'];
  from: number;
  to: number;
}

export type Lanes = Readonly<Record<HostName, readonly Band[]>>;

/**
 * What each end is in, from the first state to the run's end; CLOSED, being nothing, is left out.
 * Of all connections at once there are no lanes: only those of listeners.
 */
export function lanesOf(rows: readonly ShownRow[], focus: Focus, end: number): Lanes {
  const states = rows.filter(
    (row): row is StateRow =>
      row.kind === 'state' && (row.connection === undefined || row.connection === focus),
  );
  const of = (host: HostName): Band[] =>
    bands(
      states.filter((row) => row.host === host),
      end,
    );
  return { server: of('server'), client: of('client') };
}

function bands(states: readonly StateRow[], end: number): Band[] {
  return states
    .map(({ state, witness, t }, index) => ({
      state,
      witness,
      from: t,
      to: states[index + 1]?.t ?? end,
    }))
    .filter(({ state }) => state !== 'CLOSED');
}
